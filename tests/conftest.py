"""One profile for all property tests: the same examples on every run, no clock."""

from hypothesis import settings

settings.register_profile("jiqun", deadline=None, derandomize=True)
settings.load_profile("jiqun")
