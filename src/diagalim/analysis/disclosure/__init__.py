"""In: tables of respondents, places or quantities.

Out: which cells are hidden, and the proof that they stay so.

Never: the names of the tables' subjects.
"""
