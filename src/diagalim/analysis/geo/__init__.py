"""In: outlines and codes of places.

Out: who touches whom, what lies inside, which commune a code means today.

Never: an indicator or a score.
"""
