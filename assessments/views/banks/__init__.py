"""The pages on which admins keep the question banks."""
