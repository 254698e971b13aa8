"""Food aid: sentences, tables, figures and vocabulary of one chapter."""
