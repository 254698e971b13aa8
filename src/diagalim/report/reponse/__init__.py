"""Who answered the survey: sentences, tables, figures and vocabulary of one chapter."""
