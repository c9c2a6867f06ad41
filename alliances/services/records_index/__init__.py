"""All that an alliance has on record, on one page."""

from .index import Index, read_index

__all__ = ["Index", "read_index"]
