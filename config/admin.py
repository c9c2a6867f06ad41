"""Django's admin, entered by the same door as everything else."""

from collections.abc import Callable
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import admin
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


class NorthboundAdminSite(admin.AdminSite):
    """Has no login of its own: that one would know neither codes by mail nor limits on guessing."""

    site_header = _("Northbound: administration")
    site_title = _("Northbound")
    index_title = _("What this installation holds")

    def admin_view(self, view: V, cacheable: bool = False) -> V:
        """Django's own pages give their scripts no nonce: those run that come from here."""
        inner = super().admin_view(view, cacheable)
        return cast(V, csp_replace({"script-src": [SELF]})(inner))

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
