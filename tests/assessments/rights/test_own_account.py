"""Whoever has an account sees what is stored of them, takes it away, and deletes the account."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.errors import Refused
from alliances.models import (
    Alliance,
    CharterComment,
    Membership,
    Representative,
    Signature,
    User,
)
from alliances.models.audit import Action
from alliances.services.audit.writing import Thing, record
from alliances.services.charter.verification import verify_charter
from alliances.services.own_account import delete_account
from assessments.demonstration.cast import LOGINS
from assessments.models import Invitation, Round
from assessments.services.banks.store import ensure_shipped_banks
from tests.factories import (
    invite,
    make_alliance,
    make_bank,
    make_participant,
    make_representative,
    make_round,
    make_user,
)
from tests.marked import demonstration

pytestmark = pytest.mark.django_db
PASSWORD = "harbour-lantern-42"


@pytest.fixture
def ada() -> User:
    """A member of Tessel for Ash, who logs in by a code. Bert convenes; Cleo is of Ash too."""
    alliance = make_alliance("Tessel", convener=make_user("bert@example.org", name="Bert"))
    ash = make_participant(alliance, "Ash")
    ada = make_user("ada@example.org", name="Ada Marsh", language="en")
    Membership.objects.create(alliance=alliance, user=ada, role="member", participant=ash)
    cleo = make_user("cleo@example.org", name="Cleo")
    Membership.objects.create(alliance=alliance, user=cleo, role="member", participant=ash)
    make_representative(
        ash, "Ada Marsh", email="ADA@example.org", title="Engineer", observed_how="Bert saw it."
    )
    asked = make_round(alliance, name="Closed", closed=True)
    invite(asked, asked.invitations[0].organisation, "Ada Marsh", "ada@example.org")
    return ada


@pytest.fixture
def alliance(ada: User) -> Alliance:
    return Alliance.objects.get()


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def by_code(email: str) -> Client:
    """Logs in as a person does who has no password."""
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": email})
    found = re.search(r"\n([A-Z0-9-]{6,9})\n", mail.outbox[-1].body)
    assert found, mail.outbox[-1].body
    client.post(reverse("account_confirm_login_code"), {"code": found[1]})
    return client


# --- see and take away


def test_the_file_has_all_of_theirs_and_nobody_elses(ada: User, alliance: Alliance) -> None:
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    document = json.loads(logged_in(ada).get(reverse("own_data_json")).content)
    assert document["schema"] == "northbound.person/1"
    assert document["account"]["email"] == "ada@example.org"
    assert document["memberships"] == [
        {"alliance": "Tessel", "role": "member", "organisation": "Ash", "bound_at": None}
    ]
    [person] = document["on_the_list_of_people"]
    assert (person["name"], person["position"]) == ("Ada Marsh", "Engineer")
    [asked] = document["asked_in_rounds"]
    assert (asked["round"], asked["email"]) == ("Closed", "ada@example.org")
    text = json.dumps(document)
    assert not re.search("Bert|Cleo|bert@|cleo@", text)


def test_second_factors_and_what_the_log_has_of_oneself(ada: User) -> None:
    Authenticator.objects.create(user=ada, type="totp", data={"secret": "locked"})
    client = logged_in(ada)
    round_ = Round.objects.get()
    thing = Thing("round", round_.pk, round_.name)
    record(action=Action.RESULT_READ, alliance=round_.alliance_id, thing=thing, details={}, by=ada)
    document = json.loads(client.get(reverse("own_data_json")).content)
    [factor] = document["second_factors"]
    assert (factor["kind"], factor["name"], factor["last_used_at"]) == ("totp", None, None)
    assert document["in_the_audit_log"][-1]["action"] == "result_read"
    assert document["in_the_audit_log"][-1]["by_you"] is True
    assert "locked" not in json.dumps(document)
    text = client.get(reverse("own_data")).content.decode()
    assert "an app that shows digits" in text
    assert "Entries of the audit log about what you did, or about your account" in text


def test_what_others_did_to_the_account_and_what_it_may_do(ada: User, alliance: Alliance) -> None:
    bert = User.objects.get(email="bert@example.org")
    ada.memberships.get().delete()
    entry = record(
        action=Action.ACCESS_GIVEN,
        alliance=alliance.pk,
        thing=Thing("account", ada.pk),
        details={"role": "member", "organisation": "Ash"},
        by=bert,
    )
    ada.is_staff = True
    ada.save()
    ada.user_permissions.add(Permission.objects.get(codename="change_bank"))
    Membership.objects.filter(user__email="cleo@example.org").update(bound_by=ada)
    client, _other = logged_in(ada), logged_in(ada)
    logged_in(bert)
    document = json.loads(client.get(reverse("own_data_json")).content)
    account = document["account"]
    assert (account["is_active"], account["is_admin"], account["is_staff"]) == (True, False, True)
    assert account["permissions"] == ["change_bank"]
    assert len(account["logged_in_until"]) == 2
    assert document["memberships_of_others_bound_by_you"] == 1
    [about] = [
        one
        for one in document["in_the_audit_log"]
        if (one["chain"], one["number"]) == (entry.chain, entry.number)
    ]
    assert (about["action"], about["by_you"]) == ("access_given", False)
    # Who did it is told to conveners and admins alone.
    assert not re.search("Bert|bert@|Cleo|cleo@", json.dumps(document))
    page = client.get(reverse("own_data")).content.decode()
    assert "You were given further permissions here" in page
    assert "<dt>Open logins</dt><dd>2</dd>" in page


IN_THE_FILE = {
    "account.EmailAddress.user": "account.addresses",
    "admin.LogEntry.user": "done_as_admin",
    "alliances.CharterComment.user": "charter_comments",
    "alliances.Membership.bound_by": "memberships_of_others_bound_by_you",
    "alliances.Membership.user": "memberships",
    "alliances.Signature.user": "signatures",
    "assessments.Bank.published_by": "question_banks_published",
    "mfa.Authenticator.user": "second_factors",
    "alliances.User.groups": "account.permissions",
    "alliances.User.user_permissions": "account.permissions",
    ".changed_by": "changed_last_by_you",
    ".email": "on_the_list_of_people",
}
"""Whatever refers to an account, or to an address, and where the file has it."""


def test_all_that_refers_to_an_account_is_in_the_file(ada: User) -> None:
    document = json.loads(logged_in(ada).get(reverse("own_data_json")).content)
    refers = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if (isinstance(field, models.ForeignKey) and field.related_model is User)
        or (isinstance(field, models.ManyToManyField) and model is User)
    }
    rest = {name for name in refers if not name.endswith(".changed_by")}
    assert rest <= IN_THE_FILE.keys()
    for place in IN_THE_FILE.values():
        part: Any = document
        for name in place.split("."):
            assert name in part, place
            part = part[name]
    addresses = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.EmailField)
    }
    assert addresses == {
        "account.EmailAddress",
        "alliances.Representative",
        "alliances.User",
        "assessments.Invitation",
    }


def test_an_address_that_is_not_proven_opens_nothing(ada: User) -> None:
    """A convener typed it when they gave access: it may be another person's."""
    client = logged_in(ada)
    document = json.loads(client.get(reverse("own_data_json")).content)
    assert document["on_the_list_of_people"] is None
    assert document["asked_in_rounds"] is None
    text = client.get(reverse("own_data")).content.decode()
    assert "Engineer" not in text
    assert "log in once by a code" in text


def test_a_code_that_was_sent_there_proves_it(ada: User) -> None:
    text = by_code("ada@example.org").get(reverse("own_data")).content.decode()
    assert "Engineer" in text
    assert "Asked in Closed, Tessel" in text


def test_it_stays_proven_for_who_comes_by_a_password_later(ada: User) -> None:
    by_code("ada@example.org")
    text = logged_in(ada).get(reverse("own_data")).content.decode()
    assert "Engineer" in text


def test_until_an_admin_writes_another_address(ada: User) -> None:
    by_code("ada@example.org")
    User.objects.filter(pk=ada.pk).update(email="cleopatra@example.org")
    document = json.loads(logged_in(ada).get(reverse("own_data_json")).content)
    assert document["asked_in_rounds"] is None


def test_what_was_signed_and_said(settings: Any, tmp_path: Any) -> None:
    """Each signatory of the demonstration finds their own signature, and no other."""
    demonstration(settings, tmp_path)
    for signature in Signature.objects.select_related("user"):
        assert signature.user is not None
        document = json.loads(logged_in(signature.user).get(reverse("own_data_json")).content)
        assert signature.organisation in {one["organisation"] for one in document["signatures"]}
        assert {one["name"] for one in document["signatures"]} == {signature.name}
    comment = CharterComment.objects.filter(user__isnull=False).first()
    assert comment is not None
    assert comment.user is not None
    text = logged_in(comment.user).get(reverse("own_data_json")).content.decode()
    assert json.dumps(comment.text, ensure_ascii=False) in text
    if comment.answer:
        assert comment.answer not in text


def test_the_foot_of_a_page_leads_there(ada: User) -> None:
    assert reverse("own_data") in logged_in(ada).get(reverse("privacy")).content.decode()
    assert reverse("own_data") not in Client().get(reverse("home")).content.decode()


# --- delete


def test_without_proof_nothing_is_deleted(ada: User) -> None:
    """Whoever sits down at a browser that is left open."""
    client = logged_in(ada)
    answer = client.post(reverse("own_account_delete"), {"confirm": "yes"})
    assert answer["Location"] == "/accounts/login/code/?next=%2Faccount%2Fdelete%2F"
    assert client.get(reverse("own_data")).status_code == 302
    assert User.objects.filter(pk=ada.pk).exists()


def test_by_a_code(ada: User) -> None:
    client = by_code("ada@example.org")
    mail.outbox.clear()
    answer = client.post(reverse("own_account_delete"), {"confirm": "yes"}, follow=True)
    assert "Your account is deleted." in answer.content.decode()
    assert not User.objects.filter(email="ada@example.org").exists()
    assert client.get(reverse("own_data")).status_code == 302


def test_the_code_leads_back_to_the_page(ada: User) -> None:
    client = logged_in(ada)
    answer = client.post(reverse("own_account_delete"), {"confirm": "yes"})
    asked = client.get(answer["Location"])
    assert '<input type="hidden" name="next" value="/account/delete/">' in asked.content.decode()
    confirm = client.post(answer["Location"], {"email": ada.email, "next": "/account/delete/"})
    code = re.search(r"\n([A-Z0-9-]{6,9})\n", mail.outbox[-1].body)
    assert code
    led = client.post(confirm["Location"], {"code": code[1]}, follow=True)
    assert led.redirect_chain[-1][0] == "/account/delete/"


def test_by_a_password_entered_once_more(ada: User) -> None:
    ada.set_password(PASSWORD)
    ada.save()
    client = Client()
    client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    answer = client.post(reverse("own_account_delete"), {"confirm": "yes"})
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert User.objects.filter(pk=ada.pk).exists()
    client.post(answer["Location"], {"password": "wrong"})
    assert User.objects.filter(pk=ada.pk).exists()
    client.post(answer["Location"], {"password": PASSWORD, "next": "/account/delete/"})
    assert not User.objects.filter(pk=ada.pk).exists()


def test_what_goes_with_it(ada: User, alliance: Alliance) -> None:
    other = logged_in(ada)
    sessions = Session.objects.count()
    delete_account(user=ada, by=ada, login_url="https://northbound.example.org/login/")
    assert Session.objects.count() == sessions - 1
    assert other.get(reverse("own_data")).status_code == 302
    assert sorted(alliance.memberships.values_list("user__email", flat=True)) == [
        "bert@example.org",
        "cleo@example.org",
    ]
    assert not Invitation.objects.filter(name="Ada Marsh").exists()
    assert Representative.objects.filter(name="Ada Marsh").count() == 1
    told = {message.to[0].partition("<")[2].rstrip(">"): message for message in mail.outbox}
    assert set(told) == {"ada@example.org", "cleo@example.org"}
    assert told["ada@example.org"].subject == "Your account on Northbound is deleted"
    assert "You deleted your account ada@example.org" in told["ada@example.org"].body
    assert "Ada Marsh (ada@example.org) no longer speaks for Ash" in told["cleo@example.org"].body


def test_an_open_round_still_asks_them(ada: User, alliance: Alliance) -> None:
    made = make_round(alliance, name="Open")
    invite(made, made.invitations[0].organisation, "Ada Marsh", "ada@example.org")
    delete_account(user=ada, by=ada)
    assert Invitation.objects.get(email="ada@example.org").round == made.round


def test_the_only_convener_hands_over_first(ada: User, alliance: Alliance) -> None:
    bert = User.objects.get(email="bert@example.org")
    client = by_code("bert@example.org")
    text = client.get(reverse("own_account_delete")).content.decode()
    said = "Bert is the only convener of Tessel. Make somebody else convener first."
    assert said in text
    assert "btn-primary" not in text
    assert client.post(reverse("own_account_delete"), {"confirm": "yes"}).status_code == 422
    assert User.objects.filter(pk=bert.pk).exists()
    # A convener whose account is switched off hands over to nobody.
    Membership.objects.filter(user=ada).update(role="convener")
    User.objects.filter(pk=ada.pk).update(is_active=False)
    with pytest.raises(Refused) as refusal:
        delete_account(user=bert, by=bert)
    assert refusal.value.details == [said]
    User.objects.filter(pk=ada.pk).update(is_active=True)
    delete_account(user=bert, by=bert)
    assert not User.objects.filter(pk=bert.pk).exists()


def test_who_is_alone_in_an_alliance_may_go() -> None:
    dora = make_user("dora@example.org")
    alone = make_alliance("Alone", convener=dora)
    text = by_code("dora@example.org").get(reverse("own_account_delete")).content.decode()
    assert "Nobody else has access to Alone." in text
    delete_account(user=dora, by=dora)
    assert Alliance.objects.get(pk=alone.pk).memberships.count() == 0


def test_the_only_admin_stays() -> None:
    root = User.objects.create_superuser("root@example.org", PASSWORD)
    with pytest.raises(Refused):
        delete_account(user=root, by=root)
    User.objects.create_superuser("second@example.org", PASSWORD)
    delete_account(user=root, by=root)
    assert list(User.objects.values_list("email", flat=True)) == ["second@example.org"]


def test_a_charter_keeps_its_signatures_and_fits_as_before(settings: Any, tmp_path: Any) -> None:
    alliance = demonstration(settings, tmp_path)
    signature = Signature.objects.select_related("user").first()
    assert signature is not None
    assert signature.user is not None
    user = signature.user
    CharterComment.objects.create(
        version=signature.version,
        code="purpose",
        user=user,
        author=user.name,
        text="Too long.",
        written_at=timezone.now(),
    )
    Membership.objects.filter(user=user, role="convener").update(role="member")
    if not alliance.memberships.filter(role="convener").exists():
        Membership.objects.exclude(user=user).filter(alliance=alliance).update(role="convener")
    delete_account(user=user, by=None)
    kept = Signature.objects.get(pk=signature.pk)
    assert (kept.user, kept.name, kept.account) == (None, signature.name, user.pk)
    assert not CharterComment.objects.filter(author=user.name).exists()
    assert CharterComment.objects.get(text="Too long.").said_by == (
        "Somebody whose account was deleted"
    )
    verified = verify_charter(alliance=alliance)
    assert [fault for one in verified.versions for fault in one.faults] == []
    assert verified.signatures > 0


def test_a_published_bank_forgets_who_published_it() -> None:
    """The database refuses to change a published bank, but this."""
    ensure_shipped_banks()
    eve = make_user("eve@example.org")
    bank = make_bank("own", status="draft")
    bank.published_by = bank.changed_by = eve
    bank.save()
    bank.status = "published"
    bank.save()
    delete_account(user=eve, by=None)
    bank.refresh_from_db()
    assert (bank.published_by, bank.changed_by, bank.status) == (None, None, "published")


# --- by an admin


@pytest.fixture
def root(ada: User) -> Client:
    return logged_in(User.objects.create_superuser("root@example.org", PASSWORD, name="Root"))


@pytest.mark.parametrize("at_once", [False, True])
def test_an_admin_deletes_by_the_same_service(
    root: Client, ada: User, at_once: bool, django_capture_on_commit_callbacks: Any
) -> None:
    # Tests that commit leave kinds under other keys than those of a new database.
    kind = ContentType.objects.get_for_model(Alliance)
    LogEntry.objects.create(
        user=User.objects.get(email="root@example.org"),
        content_type=kind,
        object_id="1",
        object_repr="Tessel",
        action_flag=2,
        change_message='[{"added": {"name": "membership", "object": "Ada Marsh in Tessel"}}]',
    )
    kept = LogEntry.objects.create(
        user=User.objects.get(email="root@example.org"),
        content_type=kind,
        object_id="2",
        object_repr="Ada Marshall’s bridge",
        action_flag=2,
    )
    if at_once:
        address = reverse("admin:alliances_user_changelist")
        sent = {"action": "delete_selected", "_selected_action": str(ada.pk), "post": "yes"}
    else:
        address, sent = reverse("admin:alliances_user_delete", args=[ada.pk]), {"post": "yes"}
    with django_capture_on_commit_callbacks(execute=True):
        assert root.post(address, sent).status_code == 302
    assert not User.objects.filter(pk=ada.pk).exists()
    assert not Invitation.objects.filter(name="Ada Marsh").exists()
    [to_ada] = [message for message in mail.outbox if "ada@example.org" in message.to[0]]
    assert "was deleted by Root (root@example.org)" in to_ada.body
    # That an account was deleted stays on record, whose it was does not.
    assert LogEntry.objects.filter(action_flag=3, object_id=str(ada.pk)).count() == 1
    kept.refresh_from_db()
    assert kept.object_repr == "Ada Marshall’s bridge"
    for entry in LogEntry.objects.exclude(pk=kept.pk):
        assert "Ada" not in entry.object_repr + entry.change_message
        assert "ada@" not in entry.object_repr + entry.change_message


def test_the_admin_is_told_why_an_account_stays(root: Client, ada: User) -> None:
    bert = User.objects.get(email="bert@example.org")
    address = reverse("admin:alliances_user_delete", args=[bert.pk])
    for answer in (root.get(address), root.post(address, {"post": "yes"})):
        assert "Bert is the only convener of Tessel." in answer.content.decode()
    assert User.objects.filter(pk=bert.pk).exists()


# --- what refers to an account


def test_all_that_refers_to_an_account_is_known() -> None:
    """Whoever adds a reference decides what a deletion does to it, here and in docs/rights.md."""
    found = {
        f"{relation.related_model._meta.label}.{relation.field.name}": relation.on_delete.__name__
        for relation in User._meta.get_fields()
        if isinstance(relation, models.ManyToOneRel) and relation.on_delete
    }
    hidden = {
        f"{model._meta.label}.{field.name}": field.remote_field.on_delete.__name__
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is User
    }
    changed = {name for name in hidden if name.endswith(".changed_by")}
    assert {hidden[name] for name in changed} == {"SET_NULL"}
    rest = {name: rule for name, rule in hidden.items() if name not in changed}
    assert rest == {
        "account.EmailAddress.user": "CASCADE",
        "admin.LogEntry.user": "CASCADE",
        "alliances.CharterComment.user": "SET_NULL",
        "alliances.Membership.bound_by": "SET_NULL",
        "alliances.Membership.user": "CASCADE",
        "alliances.Signature.user": "SET_NULL",
        "assessments.Bank.published_by": "SET_NULL",
        "mfa.Authenticator.user": "CASCADE",
    }
    assert set(found) <= set(hidden)


def test_the_demonstration_can_be_left(settings: Any, tmp_path: Any) -> None:
    """Every account of it but its convener's, one after the other."""
    alliance = demonstration(settings, tmp_path)
    for membership in alliance.memberships.exclude(user__email=LOGINS[0].email):
        delete_account(user=membership.user, by=membership.user)
    assert alliance.memberships.count() == 1
    assert Client().get(reverse("home")).status_code == 200
