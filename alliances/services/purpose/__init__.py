"""The purpose: hints on its wording, and the check in which each party writes it unseen."""
