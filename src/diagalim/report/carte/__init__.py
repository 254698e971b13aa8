"""The page of the map: sentences, tables, figures and vocabulary of one chapter."""
