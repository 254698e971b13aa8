"""Food shops: facts, sentences and tables of one chapter."""
