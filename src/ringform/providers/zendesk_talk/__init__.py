"""Zendesk Talk: phone numbers and their settings."""
