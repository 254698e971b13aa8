"""In: tables and settings, as values.

Out: tables and numbers: pure functions.

Never: a file, a drawing, a sentence, the network.
"""
