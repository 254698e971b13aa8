"""The published figures: sentences, tables, figures and vocabulary of one chapter."""
