"""The home page: sentences, tables, figures and vocabulary of one chapter."""
