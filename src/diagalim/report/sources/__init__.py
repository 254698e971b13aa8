"""The page of sources: sentences, tables, figures and vocabulary of one chapter."""
