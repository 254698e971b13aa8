"""The build engine: from the plan and a territory to a published site."""

from diagalim.build.engine import Outcome
from diagalim.build.failures import BuildFailure, MissingData
from diagalim.build.run import Inputs, build_report

__all__ = ["BuildFailure", "Inputs", "MissingData", "Outcome", "build_report"]
