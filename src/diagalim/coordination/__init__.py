"""Who works with whom on food aid, what joint work brought elsewhere, what a study recommends."""
