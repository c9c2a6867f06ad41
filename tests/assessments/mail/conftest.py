"""A real mail server on loopback."""

from tests.mail_server import smtp

__all__ = ["smtp"]
