"""The audit log: written, read as sentences, verified."""
