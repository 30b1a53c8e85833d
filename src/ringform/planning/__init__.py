"""Planning: from the desired and the live state to a plan. Pure."""
