"""In: what people fill, export or keep for a study.

Out: tables checked against their Table Schema, or what to mend, said to who filled them.

Never: an official file read; a figure published.
"""
