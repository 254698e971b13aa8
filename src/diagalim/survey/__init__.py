"""What the questionnaire to the structures says, on how many answers, and how far it may be off."""
