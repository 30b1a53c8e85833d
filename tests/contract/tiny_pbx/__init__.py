"""A provider in a package of its own: a telephone system with three settings a number."""
