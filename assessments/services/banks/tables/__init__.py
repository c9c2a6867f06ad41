"""Question banks as tables, for people who write questions in a spreadsheet."""
