"""Who may what, proved: every address of the resolver × every method × every role, by tables written by
hand (`rows/`), what an answer may not give away, and that what one may not see is as what does not exist.

Roles (`rows/row.py`). *Stranger*: no account, no link. *Respondent*: takes part in a round by a link,
without an account. *Member*, *fellow*: members of one alliance, of two organisations of it. *Foreign*:
member of another alliance. *Convener*, *rival*: conveners of the one and of the other. *Admin*: a superuser.
*Curator*: has the permission to write question banks, is no staff, and belongs to no alliance; staff with
that permission is asked for in Django's admin too. *Operator*: whoever runs the server has the machine,
its commands and its database, and no role on the web. What comes nearest to an account of theirs is one
of staff without a permission and without a membership: it opens the front page of Django's admin, and
nothing that is listed there.

There are no jobs to ask for: nothing runs in the background. What runs outside of a request are commands,
which take the machine (`tests/test_audit_table.py` lists them).
"""
