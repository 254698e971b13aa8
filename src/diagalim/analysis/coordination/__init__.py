"""In: bodies, members, links, facts and rules of recommendations.

Out: who sits where, where information stops, what the data say of a recommendation.

Never: a judgement of a person.
"""
