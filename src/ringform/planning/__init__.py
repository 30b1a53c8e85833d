"""From what is wanted and what is live to a plan. Pure."""
