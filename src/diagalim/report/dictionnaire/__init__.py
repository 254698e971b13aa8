"""The data dictionary: sentences, tables, figures and vocabulary of one chapter."""
