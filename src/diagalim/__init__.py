"""Reproducible territorial diagnostic of food precarity."""

__version__ = "0.1.0"
