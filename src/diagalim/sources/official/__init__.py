"""In: one file of one producer.

Out: its table: one reader a producer.

Never: another producer's reader, but for the lists of communes.
"""
