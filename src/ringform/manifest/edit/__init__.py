"""Edits of a manifest's text: spans of it are replaced, and every other byte stays."""
