"""In: facts of the programme: a wrong value, a number, a date, a place.

Out: what people are told, in French, with the exit code that goes with it.

Never: anything else of the package.
"""
