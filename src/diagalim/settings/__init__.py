"""In: what people write in YAML: territory, plan, indicators, recommendations.

Out: checked models of it, or every fault in French.

Never: official or collected data.
"""
