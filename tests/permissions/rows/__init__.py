"""The table of who may what, one module for each kind of paper."""
