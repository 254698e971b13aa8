"""Things to show, made from the tables that the analysis hands over."""
