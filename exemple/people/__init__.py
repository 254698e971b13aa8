"""Who lives there, on what, and where life is hard."""
