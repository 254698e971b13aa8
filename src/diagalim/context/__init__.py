"""Framing figures of a territory: populations, poverty, inequality, published beside recomputed."""
