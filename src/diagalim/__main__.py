"""Run the command line with ``python -m diagalim``, where no script is on the path."""

from diagalim.cli.commands import app

app(prog_name="diagalim")
