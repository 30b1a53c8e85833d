"""The manifest side: its sections, the names in it, and the desired state."""
