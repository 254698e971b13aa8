"""Official files in, tidy validated tables out: one reader a producer."""
