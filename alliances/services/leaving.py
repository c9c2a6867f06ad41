"""Said when somebody is taken off the list of people, or an account is deleted.

Other apps keep the same address in places that this one knows nothing of: they listen. It is said within
the transaction, so that what they erase is erased with the rest or not at all.
"""

from __future__ import annotations

from django.dispatch import Signal

address_leaves = Signal()
"""With `email`, and `alliance`: the one whose list it leaves; None where it leaves them all."""
