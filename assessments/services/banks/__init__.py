"""Question banks: their documents, files and rows; how they are written, published and compared."""
