"""From tables to what readers see: facts, French words and numbers, tables, figures, maps."""
