"""In: a territory, its files and the plan.

Out: what must be done again, done in order, each chapter in its own kernel.

Never: what a chapter computes or says.
"""
