"""Reports, in « Publics »: sentences, tables, figures and vocabulary of one chapter."""
