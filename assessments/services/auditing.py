"""How the audit log names rounds and question banks, and what it says of them.

What a respondent does is told nowhere: opening a link, beginning, saving, sending in, reading their own
answers or their own result. Nor is any count that an answer changes, such as how many a reminder went
to: two of them tell in which minutes one of the others answered. docs/audit.md has the whole list.
"""

from __future__ import annotations

from alliances.models import User
from alliances.models.audit import Action
from alliances.services.audit.writing import Thing, Value, record
from assessments.models import Bank, Round


def thing_of_round(round_: Round) -> Thing:
    """A round about one person is called by its questions: its name may be theirs."""
    return Thing("round", round_.pk, round_.bank.title if round_.about_name else round_.name)


def thing_of_bank(bank: Bank) -> Thing:
    """A version of a question bank, by its code and number."""
    return Thing("bank", bank.pk, f"{bank.code} {bank.version}")


def record_round(action: Action, round_: Round, **details: Value) -> None:
    """In the chain of the round's alliance."""
    record(
        action=action,
        alliance=round_.alliance_id,
        thing=thing_of_round(round_),
        details=details,
    )


def record_bank(action: Action, bank: Bank, by: User | None, **details: Value) -> None:
    """In the installation's chain; in that of the alliance where the bank is its own."""
    record(
        action=action,
        alliance=bank.alliance_id,
        thing=thing_of_bank(bank),
        details=details,
        by=by,
    )
