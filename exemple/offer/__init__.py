"""Where food aid is, and how each tool knows it."""
