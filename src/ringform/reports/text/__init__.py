"""Text for a terminal or a log: readable without colour, and safe whatever the account or manifest holds."""
