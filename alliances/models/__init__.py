"""Who takes part in an alliance, and who may see it."""

from .alliance import Alliance, Membership
from .people import Participant, Representative
from .user import User

__all__ = ["Alliance", "Membership", "Participant", "Representative", "User"]
