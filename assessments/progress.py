"""How far a round is: who has answered and who is missing, and never what or when.

For the convener alone. Reads invitations; no response is touched.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.models import Alliance
from alliances.services.counts import first_capital, in_words, listed
from assessments.models import Invitation, Round
from assessments.services.links import is_answerable

ANSWERED = Invitation.Progress.ANSWERED


@dataclass(frozen=True)
class OrganisationProgress:
    """One organisation of the roster. It has answered as soon as one of its people has."""

    name: str
    people: Sequence[Invitation]

    @property
    def answered(self) -> bool:
        return any(person.progress == ANSWERED for person in self.people)

    @property
    def complete(self) -> bool:
        return all(person.progress == ANSWERED for person in self.people)


@dataclass(frozen=True)
class Progress:
    """An open round as its convener sees it: those who are missing first."""

    round: Round
    organisations: Sequence[OrganisationProgress]

    @property
    def people(self) -> list[Invitation]:
        return [person for organisation in self.organisations for person in organisation.people]

    @property
    def missing(self) -> list[Invitation]:
        return [person for person in self.people if person.progress != ANSWERED]

    @property
    def unreached(self) -> list[Invitation]:
        """Whom no mail has ever left to, and who have not answered by other ways."""
        return [person for person in self.missing if last_mail(person) is None]

    @property
    def silent(self) -> list[OrganisationProgress]:
        """Organisations of which nobody has answered."""
        return [organisation for organisation in self.organisations if not organisation.answered]

    @property
    def answered_people(self) -> int:
        return len(self.people) - len(self.missing)

    def asks(self, email: str) -> bool:
        """Whether whoever has this address can still answer."""
        return self.answerable and any(
            person.email and person.email.lower() == email.lower() for person in self.missing
        )

    @property
    def answerable(self) -> bool:
        return is_answerable(self.round)

    @property
    def finding(self) -> str:
        """The headline: how many organisations have not answered; people, where each is one voice."""
        if self.round.is_about_a_person:
            return self._finding_about_a_person()
        count, total = len(self.silent), len(self.organisations)
        if not count:
            return {
                1: _("The only organisation has answered."),
                2: _("Both organisations have answered."),
            }.get(total, _("All %(total)s organisations have answered.")) % {
                "total": in_words(total)
            }
        if count == total:
            return _("No organisation has answered yet.")
        return first_capital(
            ngettext(
                "%(count)s of %(total)s organisations has not answered.",
                "%(count)s of %(total)s organisations have not answered.",
                count,
            )
            % {"count": in_words(count), "total": in_words(total)}
        )

    def _finding_about_a_person(self) -> str:
        missing, total = len(self.missing), len(self.people)
        if not missing:
            return _("Everybody has answered.")
        if missing == total:
            return _("Nobody has answered yet.")
        return first_capital(
            ngettext(
                "%(count)s of %(total)s people has not answered.",
                "%(count)s of %(total)s people have not answered.",
                missing,
            )
            % {"count": in_words(missing), "total": in_words(total)}
        )

    @property
    def addition(self) -> str:
        """The sentence below the headline: people."""
        missing = len(self.missing)
        if not missing:
            return _("Everybody who was asked has sent in. You can close the round.")
        if self.round.is_about_a_person:
            return _("Each peer counts as one voice.")
        return still_missing(missing, len(self.people))

    @property
    def warnings(self) -> list[str]:
        """What closing now would cost."""
        said: list[str] = []
        if self.round.is_about_a_person:
            return self._warnings_about_a_person()
        if self.round.is_confidential and self.answered_people < self.round.threshold:
            pattern = (
                ngettext(
                    "%(count)s person has answered, and %(k)s are needed: no figure at all would be "
                    "published.",
                    "%(count)s people have answered, and %(k)s are needed: no figure at all would be "
                    "published.",
                    self.answered_people,
                )
                if self.answered_people
                else _(
                    "Nobody has answered, and %(k)s are needed: no figure at all would be published."
                )
            )
            said.append(
                pattern
                % {"count": in_words(self.answered_people), "k": in_words(self.round.threshold)}
            )
        if 2 * (len(self.organisations) - len(self.silent)) < len(self.organisations):
            said.append(
                _("Fewer than half of the organisations answered: there would be no verdict.")
            )
        if self.silent:
            said.append(
                _("%(names)s would be missing. Nobody can answer after the closing.")
                % {"names": listed([organisation.name for organisation in self.silent])}
            )
        return [first_capital(sentence) for sentence in said]

    def _warnings_about_a_person(self) -> list[str]:
        """What closing now would cost the person that the round is about."""
        about, k = self.round.about_name, self.round.threshold
        peers = sum(p.progress == ANSWERED and not p.of_oneself for p in self.people)
        said = []
        if peers < k:
            said.append(
                first_capital(
                    ngettext(
                        "%(count)s peer has answered, and %(k)s are needed: nothing of peers would be "
                        "told.",
                        "%(count)s peers have answered, and %(k)s are needed: nothing of peers would "
                        "be told.",
                        peers,
                    )
                    % {"count": in_words(peers), "k": in_words(k)}
                )
            )
        if any(person.of_oneself for person in self.missing):
            said.append(
                _("%(about)s has not answered: there would be nothing to set beside the peers.")
                % {"about": about}
            )
        return said


def last_mail(invitation: Invitation) -> dt.date | None:
    """The day of the last mail to a person of `read_progress`; None where none has left."""
    day: dt.date | None = getattr(invitation, "last_mail", None)
    return day


def read_progress(round_: Round) -> Progress:
    """How far `round_` is. One query."""
    invitations = (
        Invitation.objects.filter(round=round_)
        .select_related("organisation")
        .annotate(last_mail=Max("links__sent_on"))
        .order_by("organisation__name", "organisation_id", "name", "pk")
    )
    people: dict[int, list[Invitation]] = {}
    for invitation in invitations:
        people.setdefault(invitation.organisation_id, []).append(invitation)
    organisations = [OrganisationProgress(own[0].organisation.name, own) for own in people.values()]
    organisations.sort(key=lambda organisation: (organisation.answered, organisation.complete))
    return Progress(round_, organisations)


def read_open_rounds(alliance: Alliance, *, about_persons: bool = False) -> list[Round]:
    """The open rounds of `alliance`, with their banks, the one that closes first before the others. One
    query.

    Each carries `asked_people` and `missing_people`. Rounds about one person are left out, unless
    `about_persons`.
    """
    return list(
        Round.objects.filter(
            Q() if about_persons else Q(about_name=""),
            alliance=alliance,
            status=Round.Status.OPEN,
        )
        .select_related("bank")
        .annotate(
            asked_people=Count("invitations"),
            missing_people=Count("invitations", filter=~Q(invitations__progress=ANSWERED)),
        )
        .order_by("closes_on", "-opened_at", "-pk")
    )


def read_rounds(alliance: Alliance, email: str = "", *, about_persons: bool = False) -> list[Round]:
    """The rounds of `alliance`, newest first, with their banks and what stands in its list. One
    query.

    Each carries `asked_organisations`, `asked_people`, `answered_organisations`, `answered_people`,
    and `asks_you`: whether whoever has the address `email` can still answer it. Rounds about one person
    are left out, unless `about_persons`.
    """
    answered = Q(invitations__progress=ANSWERED)
    return list(
        Round.objects.filter(Q() if about_persons else Q(about_name=""), alliance=alliance)
        .select_related("bank")
        .annotate(
            asked_organisations=Count("invitations__organisation", distinct=True),
            asked_people=Count("invitations"),
            answered_organisations=Count(
                "invitations__organisation", filter=answered, distinct=True
            ),
            answered_people=Count("invitations", filter=answered),
            asks_you=Exists(
                Invitation.objects.filter(
                    round=OuterRef("pk"),
                    round__status=Round.Status.OPEN,
                    round__closes_on__gte=timezone.localdate(),
                    email__iexact=email,
                ).exclude(Q(email="") | Q(progress=ANSWERED))
            ),
        )
        .order_by("-opened_at", "-pk")
    )


def still_missing(missing: int, asked: int) -> str:
    """How many of the people who were `asked` are `missing`, one or more; never who."""
    if asked == 1:
        return _("The one person who was asked is still missing.")
    return first_capital(
        ngettext(
            "%(count)s of %(total)s people is still missing.",
            "%(count)s of %(total)s people are still missing.",
            missing,
        )
        % {"count": in_words(missing), "total": in_words(asked)}
    )
