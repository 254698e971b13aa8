"""In: words typed on a command line.

Out: a French answer and an exit code, one module a command; `app` is what the script calls.

Never: work that another room could do.
"""

from diagalim.cli.commands import app

__all__ = ["app"]
