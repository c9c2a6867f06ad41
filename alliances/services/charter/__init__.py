"""The charter: drafted section by section, circulated, signed, verified."""
