"""In: shops, records of aid, opening hours.

Out: where food can be bought or given, what is known of it and what is not.

Never: which tool said so.
"""
