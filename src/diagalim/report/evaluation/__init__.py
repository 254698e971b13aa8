"""« Coordination »: sentences, tables, figures and vocabulary of one chapter."""
