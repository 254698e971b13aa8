"""In: the project's folder and the environment.

Out: where things are, and whether they may be trusted or written: paths, results, locks.

Never: what a file holds.
"""
