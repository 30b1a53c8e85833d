"""OneInbox's API v1, as its document 'Update Phone Number' describes it."""
