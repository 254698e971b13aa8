"""In: populations, poverty, published figures.

Out: framing of a territory, and which published figures hold.

Never: the score.
"""
