"""What people type about an alliance, its people, and who has access."""
