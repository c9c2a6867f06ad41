"""Pages: each reads what was asked, asks who may, calls one service or query, and shows."""
