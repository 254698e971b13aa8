"""In: the sheet that a network fills twice a year.

Out: its lines, mended where sure, refused elsewhere.

Never: a sum over networks.
"""
