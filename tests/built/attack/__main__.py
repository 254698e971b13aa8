"""``python -m attack SITE [FORM]`` prints what is recovered of a built site."""

import sys

from attack.verdict import main

main(*sys.argv[1:])
