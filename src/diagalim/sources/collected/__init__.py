"""Collected inputs: what people fill, export or keep, each checked against its Table Schema."""

from diagalim.sources.collected.reporting import Report, read_report
from diagalim.sources.collected.tables import read_collected, without_private

__all__ = ["Report", "read_collected", "read_report", "without_private"]
