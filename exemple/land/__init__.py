"""Where the fictitious department is: cells, borders, relief, names."""
