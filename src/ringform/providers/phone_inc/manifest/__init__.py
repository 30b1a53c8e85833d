"""The manifest side: its sections, the names in it, and what they come to."""
