"""What can be done to alliances and their people: verbs, each whole or not at all."""
