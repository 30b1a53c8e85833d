"""From what an account holds to edits of a manifest."""
