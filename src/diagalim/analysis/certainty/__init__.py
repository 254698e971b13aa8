"""In: what the data and the method leave open.

Out: for each place the ranks that it might have had, and what moves them.

Never: a new published score.
"""
