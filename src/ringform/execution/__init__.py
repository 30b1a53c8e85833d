"""Where plans meet accounts: the HTTP client, reading, sending, journals, locks."""
