"""In: the files of producers, and the registry that names them.

Out: tidy validated tables, one row a place, every value with its state.

Never: what a study collected itself; what is computed of the tables.
"""
