"""The command line: one module a command. Each parses, calls the library, reports, and picks the exit code."""
