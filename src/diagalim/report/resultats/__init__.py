"""What the structures answered: sentences, tables, figures and vocabulary of one chapter."""
