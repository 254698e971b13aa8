"""In: the plan, the datasets and the results that a notebook may read.

Out: facts, tables, figures and their four-part foot; results left whole.

Never: the subject of one chapter.
"""
