"""What is pledged, what arrives, and what it is worth beside what the alliance costs."""
