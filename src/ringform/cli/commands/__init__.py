"""The commands, one a file: parse, call an operation, report, exit."""
