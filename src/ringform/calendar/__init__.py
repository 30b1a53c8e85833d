"""Closures, special hours, holidays and rotations, by date. Pure."""
