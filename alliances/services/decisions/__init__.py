"""The decision map: kept, and read."""
