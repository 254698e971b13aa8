"""The page of indicators: sentences, tables, figures and vocabulary of one chapter."""
