"""The use cases, one module each: the command line and the Python interface run the same code."""
