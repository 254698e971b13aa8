"""Properties are searched without a stopwatch: the machine of a colleague may be busy."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
