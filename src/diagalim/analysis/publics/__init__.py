"""In: lines that networks report.

Out: what may be compared, and one network's change.

Never: people added over networks.
"""
