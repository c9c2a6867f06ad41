"""Django's own admin, for the people who run the server: accounts, alliances, memberships."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance, Membership, User

# Nothing here asks for groups: memberships say who may do what.
admin.site.unregister(Group)


class NewUserForm(AdminUserCreationForm):
    """A new account by its e-mail address, in small letters."""

    class Meta:
        model = User
        fields = ("email", "name")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class ChangeUserForm(UserChangeForm):
    """An account, its address in small letters."""

    class Meta:
        model = User
        fields = "__all__"

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class MembershipForm(ModelForm):
    """Access to an alliance; whoever belongs to an organisation, belongs to one of this alliance."""

    class Meta:
        model = Membership
        fields = ("user", "alliance", "role", "participant")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        participant, alliance = cleaned.get("participant"), cleaned.get("alliance")
        # An alliance that is being added has no key yet, and no organisations.
        if participant and alliance and participant.alliance_id != alliance.pk:
            self.add_error("participant", _("Choose an organisation of this alliance."))
        return cleaned


class MembershipInline(admin.TabularInline):
    model = Membership
    form = MembershipForm
    extra = 0
    raw_id_fields = ("user", "participant")


@admin.register(User)
class UserAdmin(BaseUserAdmin):
    form = ChangeUserForm
    add_form = NewUserForm
    ordering = ("email",)
    list_display = ("email", "name", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("email", "name")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "password", "name")}),
        (_("May"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),
    )

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        """A changed address is the only one: codes no longer go to the old one, nor log in by it."""
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            EmailAddress.objects.filter(user=obj).delete()


@admin.register(Alliance)
class AllianceAdmin(admin.ModelAdmin):
    list_display = ("name", "founded_on")
    search_fields = ("name",)
    inlines = (MembershipInline,)


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    form = MembershipForm
    list_display = ("user", "alliance", "role", "participant")
    list_filter = ("role",)
    list_select_related = ("user", "alliance", "participant")
    search_fields = ("user__email", "user__name", "alliance__name")
    raw_id_fields = ("user", "alliance", "participant")
