"""In: what a study asks for, and the addresses that the registry states.

Out: files in ``data/officiel``, whole or not at all (``.partiel`` until then).

Never: reading them; nothing outside this folder speaks to a network.
"""
