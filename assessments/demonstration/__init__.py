"""The demonstration: a believable alliance, made up from end to end, the same every time."""
