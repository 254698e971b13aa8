"""In: published values and what surrounds those that are withheld.

Out: estimates, their error, completed tables.

Never: ranks.
"""
