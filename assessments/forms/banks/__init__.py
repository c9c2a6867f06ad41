"""The forms in which an admin writes a question bank."""
