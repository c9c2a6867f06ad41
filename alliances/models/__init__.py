"""Who takes part in an alliance, who may see it, and what it has on record."""

from .alliance import Alliance, Membership
from .audit import AuditChain, AuditEntry
from .charter import (
    CharterComment,
    CharterLedger,
    CharterParty,
    CharterSection,
    CharterVersion,
    PurposeCheck,
    PurposeSentence,
    Signature,
)
from .common_ground import (
    DifferencePair,
    DifferenceView,
    GroundItem,
    PairHistory,
    Position,
    Profile,
)
from .conduct import (
    Decision,
    DecisionPart,
    InternalStakeholder,
    LaunchStep,
    StakeholderTally,
    WorkingRule,
)
from .journal import Action, Attendance, JournalEntry, ReviewSide
from .people import Participant, Representative
from .progress import Contribution, ExpectedValue, Metric, Reading, Receipt, RunningCost
from .record import Record
from .user import User

__all__ = [
    "Action",
    "Alliance",
    "Attendance",
    "AuditChain",
    "AuditEntry",
    "CharterComment",
    "CharterLedger",
    "CharterParty",
    "CharterSection",
    "CharterVersion",
    "Contribution",
    "Decision",
    "DecisionPart",
    "DifferencePair",
    "DifferenceView",
    "ExpectedValue",
    "GroundItem",
    "InternalStakeholder",
    "JournalEntry",
    "LaunchStep",
    "Membership",
    "Metric",
    "PairHistory",
    "Participant",
    "Position",
    "Profile",
    "PurposeCheck",
    "PurposeSentence",
    "Reading",
    "Receipt",
    "Record",
    "Representative",
    "ReviewSide",
    "RunningCost",
    "Signature",
    "StakeholderTally",
    "User",
    "WorkingRule",
]
