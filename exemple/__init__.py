"""The fictitious department: its land, its households, and its files in the official formats."""
