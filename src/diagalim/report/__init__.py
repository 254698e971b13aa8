"""In: results of the analysis and an open chapter.

Out: sentences, tables, figures and vocabulary: one folder a chapter.

Never: another chapter's folder.
"""
