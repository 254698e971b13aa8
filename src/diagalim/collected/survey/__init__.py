"""In: an export of the questionnaire, its codebook, its ``.lss``.

Out: answers that fit the questionnaire, without what must never be seen again.

Never: a share or an interval.
"""
