"""Response, in « Enquête »: sentences, tables, figures and vocabulary of one chapter."""
