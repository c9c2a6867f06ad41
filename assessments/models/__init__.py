"""What is asked, of whom, what they answered, and what was published."""

from .bank import Bank, Dimension, Question
from .response import Answer, Comment, Response
from .result import Result
from .round import Invitation, InvitationLink, RosterOrganisation, Round
from .workbook import Selection

__all__ = [
    "Answer",
    "Bank",
    "Comment",
    "Dimension",
    "Invitation",
    "InvitationLink",
    "Question",
    "Response",
    "Result",
    "RosterOrganisation",
    "Round",
    "Selection",
]
