"""In: executed notebooks and the pages of the book.

Out: a site checked, self-contained, published whole or not at all.

Never: a notebook run; a figure.
"""
