"""Opening hours of food aid: facts and table of one chapter."""
