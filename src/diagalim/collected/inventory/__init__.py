"""In: the files of four tools that know places of food aid.

Out: one form for all: places, services, stops, with where each value comes from.

Never: two records made one.
"""
