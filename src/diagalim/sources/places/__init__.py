"""In: tables of places and the outlines of a study.

Out: whether they speak of the same places, and what became of those that do not.

Never: a value measured there.
"""
