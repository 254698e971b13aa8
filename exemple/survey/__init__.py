"""What the survey of structures asked and collected."""
