"""In: scored outlines, the offer, the words of the page.

Out: the interactive map, which the static site draws without a kernel.

Never: a file read; a figure computed for the report.
"""
