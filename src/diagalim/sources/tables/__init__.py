"""In: a file and its declared layout.

Out: its cells as text or typed, or every problem with its place.

Never: which dataset it is.
"""
