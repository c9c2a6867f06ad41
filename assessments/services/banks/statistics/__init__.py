"""How good the questions of a bank are: gathered from closed rounds, in words, as a page and a table."""
