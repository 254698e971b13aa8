"""Files that readers take away: tables, outlines, figures, and every figure that a page quotes."""
