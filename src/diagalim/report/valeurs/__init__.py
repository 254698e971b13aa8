"""« Les valeurs »: sentences, tables, figures and vocabulary of one chapter."""
