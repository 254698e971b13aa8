"""Where food can be bought or given, what is known of it, and what is not."""
