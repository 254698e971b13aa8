"""What can a reader with time and a solver work out of a built site, and of nothing else?

``attack`` reads the pages, downloads and pictures of a site, ties every number to the others by the
sums that any of those who were asked could write, and returns what it recovers. It imports nothing
of diagalim: what the project believes of its own secrecy is not to be believed here.
"""

from attack.form import Asked, read_form
from attack.verdict import Finding, attack

__all__ = ["Asked", "Finding", "attack", "read_form"]
