"""In: values, weights and rules of the score.

Out: scores, ranks, classes, and the parts that they are made of.

Never: how sure they are.
"""
