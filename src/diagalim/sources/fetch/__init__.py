"""How the producers' files come to `data/officiel`: whole, or not at all.

Nothing outside this package speaks to a network. A file under download carries the suffix
``.partiel``, which no accepted pattern matches; it gets its name once it is known to be whole.
"""

from diagalim.sources.fetch.run import Outcome, fetch_territory

__all__ = ["Outcome", "fetch_territory"]
