"""In: observations and the recipes of the indicators.

Out: the value of each indicator in each IRIS, with its state and its error.

Never: an estimate of what is withheld.
"""
