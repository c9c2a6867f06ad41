"""Django's admin, entered by the same door as everything else."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _


class NorthboundAdminSite(admin.AdminSite):
    """Has no login of its own: that one would know neither codes by mail nor limits on guessing."""

    site_header = _("Northbound: administration")
    site_title = _("Northbound")
    index_title = _("What this installation holds")

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """To the common login page; for someone who is logged in and no admin, there is nothing here."""
        if request.user.is_authenticated:
            if self.has_permission(request):
                return HttpResponseRedirect(resolve_url("admin:index"))
            raise Http404
        following = request.GET.get("next") or resolve_url("admin:index")
        return HttpResponseRedirect(
            f"{resolve_url('account_login')}?{urlencode({'next': following})}"
        )

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        """By the page that everybody has: it counts wrong tries, and tells by mail that it was changed."""
        return HttpResponseRedirect(resolve_url("account_change_password"))
