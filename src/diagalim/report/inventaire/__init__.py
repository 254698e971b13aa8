"""Aid in « Offre »: sentences, tables, figures and vocabulary of one chapter."""
