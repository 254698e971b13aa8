"""The page of features: sentences, tables, figures and vocabulary of one chapter."""
