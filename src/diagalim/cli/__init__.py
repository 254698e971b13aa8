"""In: words typed on a command line.

Out: a French answer and an exit code: one module a command.

Never: work that another room could do.
"""
