"""In: answers and their frame.

Out: shares, intervals, response, the tables that may be shown.

Never: the text of an answer.
"""
