"""In: indicators side by side.

Out: what they share, before any score.

Never: a choice of indicators.
"""
