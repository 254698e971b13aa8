"""In: tables and figures that chapters kept, and their schemas.

Out: files that readers take away, each with its notice.

Never: a table whose licence forbids it.
"""
