"""In: a score, its places, outside measures.

Out: groups, clusters, agreement, change over time.

Never: a correction of the score.
"""
