"""Reports as GitHub's workflow commands, which it shows at the lines of a pull request."""
