"""Django's own admin, for the people who run the server: accounts, alliances, memberships."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import allauth.mfa.admin  # noqa: F401 (registers what is taken away below)
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliances.errors import Refused
from alliances.models import Alliance, Membership, User
from alliances.models.audit import Action
from alliances.services.access import note_binding
from alliances.services.access_mail import mail_bound, mail_unbound
from alliances.services.audit.writing import record, thing_of
from alliances.services.own_account import reasons_to_stay, remove_account, tell_of_removal
from alliances.services.post import Posted
from alliances.services.records import stamp
from alliances.views.pages import user_of
from alliances.views.post import login_url, tell_posted

# Nothing here asks for groups: memberships say who may do what.
admin.site.unregister(Group)
# allauth's page would show the keys of apps and recovery codes.
admin.site.unregister(Authenticator)

# Who changes one of these in a membership says anew who speaks for whom.
BINDS = {"user", "participant"}


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


def note_bound(request: HttpRequest, membership: Membership) -> None:
    """What is bound here is no less seen than on the page of an alliance: who did it stands on record,
    and the organisation's other people are told once it is stored."""
    if membership.participant is None:
        return
    note_binding(membership=membership, by=user_of(request))
    transaction.on_commit(partial(_tell, request, partial(mail_bound, membership=membership)))


def note_unbound(request: HttpRequest, before: Membership, now: Membership | None) -> None:
    """Whose access or organisation is taken away here is told so, and so are the organisation's people,
    once it is stored. `now` is the row as it is stored; None where it is gone."""
    has_access = now is not None and now.user_id == before.user_id
    if has_access and (now is None or now.participant_id == before.participant_id):
        return
    if has_access and before.participant is None:
        return
    mail = partial(
        mail_unbound,
        membership=now if now is not None and has_access else before,
        left=before.participant,
        by=user_of(request),
        has_access=has_access,
    )
    transaction.on_commit(partial(_tell, request, mail))


@transaction.atomic
def note_deleted(alliances: Iterable[Alliance]) -> None:
    """In the installation's log, which stays in sight, and at the end of the alliance's own."""
    things = [thing_of(alliance) for alliance in alliances]
    for thing in things:
        record(action=Action.ALLIANCE_DELETED, alliance=None, thing=thing)
    for thing in things:
        record(action=Action.ALLIANCE_DELETED, alliance=thing.pk, thing=thing)


def as_stored(memberships: QuerySet[Membership]) -> list[Membership]:
    """The rows before they are changed or deleted, with all that a mail about that names."""
    return list(memberships.select_related("user", "alliance", "participant"))


def _tell(request: HttpRequest, mail: Callable[..., Posted]) -> None:
    tell_posted(request, mail(login_url=login_url(request)))


def _delete_account(request: HttpRequest, user: User) -> None:
    """Raises PermissionDenied where the account has to stay, which the page before has said."""
    try:
        left = remove_account(user=user)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from None
    mail = partial(tell_of_removal, user=user, left=left, by=user_of(request))
    transaction.on_commit(lambda: tell_posted(request, mail(login_url=login_url(request))))


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
    list_display = ("email", "name", "is_active", "is_superuser")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("email", "name")
    filter_horizontal = ()
    # Not when somebody was last here: of a member, that may be when they answered.
    readonly_fields = ("date_joined",)
    fieldsets = (
        (None, {"fields": ("email", "password", "name")}),
        (
            pgettext_lazy("permissions", "May"),
            {"fields": ("is_active", "is_staff", "is_superuser")},
        ),
        (_("Dates"), {"fields": ("date_joined",)}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),
    )

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Nor is a list filtered by it: Django would let it be by each column of its own."""
        if lookup.partition("__")[0] == "last_login":
            return False
        return super().lookup_allowed(lookup, value, request)

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        """A changed address is the only one: codes no longer go to the old one, nor log in by it."""
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            EmailAddress.objects.filter(user=obj).delete()

    def get_deleted_objects(
        self, objs: Sequence[User] | QuerySet[User], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """The accounts alone; what keeps one stands where Django names what is protected."""
        _all, _counts, needed, protected = super().get_deleted_objects(objs, request)
        names = [str(one) for one in objs]
        kept = [reason for one in objs for reason in reasons_to_stay(one)]
        counts = {str(User._meta.verbose_name_plural): len(names)}
        return names, counts, needed, [*protected, *kept]

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """As its owner does it: what stays, stays, and they are told."""
        _delete_account(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            _delete_account(request, user)


@admin.register(Authenticator)
class AuthenticatorAdmin(admin.ModelAdmin):
    """What accounts have as a second factor: to be taken off where its owner has lost it, and to do
    nothing else with. Not when one was last used."""

    list_display = ("user", "type", "created_at")
    list_select_related = ("user",)
    list_filter = ("type",)
    search_fields = ("user__email", "user__name")
    fields = readonly_fields = ("user", "type", "created_at")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Nothing is asked of the secrets: Django would let a list be filtered by each column of its own,
        and so a key be found letter by letter; nor of when one was shown, which tells when its owner came."""
        if lookup.partition("__")[0] in ("data", "last_used_at"):
            return False
        return super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:
        return False


@admin.register(Alliance)
class AllianceAdmin(admin.ModelAdmin):
    list_display = ("name", "founded_on")
    search_fields = ("name",)
    inlines = (MembershipInline,)

    def save_model(
        self, request: HttpRequest, obj: Alliance, form: ModelForm, change: bool
    ) -> None:
        """Counts as a change: whoever has the alliance's own page open is told."""
        if change and form.changed_data:
            stamp(obj, user_of(request))
        super().save_model(request, obj, form, change)
        if not change:
            record(action=Action.ALLIANCE_MADE, alliance=obj.pk, thing=thing_of(obj))
        elif form.changed_data:
            record(
                action=Action.ALLIANCE_CHANGED,
                alliance=obj.pk,
                thing=thing_of(obj),
                details={"fields": sorted(form.changed_data)},
            )

    def delete_model(self, request: HttpRequest, obj: Alliance) -> None:
        note_deleted([obj])
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Alliance]) -> None:
        note_deleted(queryset.order_by("pk"))
        super().delete_queryset(request, queryset)

    def get_deleted_objects(
        self, objs: Sequence[Alliance] | QuerySet[Alliance], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """The alliances alone. Django would name all that hangs on them, and some of it, such as the
        units in a member's own house, nobody but that member reads."""
        _all, _counts, needed, protected = super().get_deleted_objects(objs, request)
        names = [str(one) for one in objs]
        return names, {str(Alliance._meta.verbose_name_plural): len(names)}, needed, protected

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseModelFormSet, change: bool
    ) -> None:
        before = as_stored(Membership.objects.filter(alliance=form.instance))
        super().save_formset(request, form, formset, change)
        now = {one.pk: one for one in as_stored(Membership.objects.filter(alliance=form.instance))}
        for membership in before:
            note_unbound(request, membership, now.get(membership.pk))
        for membership in formset.new_objects:
            note_bound(request, membership)
        for membership, changed in formset.changed_objects:
            if BINDS.intersection(changed):
                note_bound(request, membership)


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    form = MembershipForm
    list_display = ("user", "alliance", "role", "participant")
    list_filter = ("role",)
    list_select_related = ("user", "alliance", "participant")
    search_fields = ("user__email", "user__name", "alliance__name")
    raw_id_fields = ("user", "alliance", "participant")

    def save_model(
        self, request: HttpRequest, obj: Membership, form: ModelForm, change: bool
    ) -> None:
        before = as_stored(Membership.objects.filter(pk=obj.pk)) if change else []
        super().save_model(request, obj, form, change)
        for membership in before:
            # Moved to another alliance, it is gone from this one.
            stays = membership.alliance_id == obj.alliance_id
            note_unbound(request, membership, obj if stays else None)
        if BINDS.intersection(form.changed_data):
            note_bound(request, obj)

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        before = as_stored(Membership.objects.filter(pk=obj.pk))
        super().delete_model(request, obj)
        for membership in before:
            note_unbound(request, membership, None)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        before = as_stored(queryset)
        super().delete_queryset(request, queryset)
        for membership in before:
            note_unbound(request, membership, None)
