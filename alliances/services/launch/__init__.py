"""The launch: its steps, and the track they make."""
