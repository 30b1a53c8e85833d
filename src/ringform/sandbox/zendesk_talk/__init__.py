"""Zendesk Talk's API v2 for phone numbers, as its document 'Phone numbers' describes it."""
