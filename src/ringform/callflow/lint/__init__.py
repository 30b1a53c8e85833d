"""Lint rules for call flows: what is allowed and probably not meant, whatever the vendor."""
