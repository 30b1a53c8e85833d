"""The version of ringform, read by the build and by ``ringform --version``."""

__version__ = "0.1.0"
