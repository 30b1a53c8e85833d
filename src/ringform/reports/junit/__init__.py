"""JUnit XML, which CI systems show as test results."""
