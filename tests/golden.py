"""Comparing whole outputs with files kept beside the tests. See ``ringform.testing.golden``."""

from ringform.testing.golden import REWRITE, check

__all__ = ["REWRITE", "check"]
