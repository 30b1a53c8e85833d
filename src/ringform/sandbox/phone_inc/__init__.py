"""Phone.inc's API v1, as its documents for main numbers, contacts and calls describe it."""
