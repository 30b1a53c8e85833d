"""Closures, special hours, rotations and hours of a day, as a manifest of any provider writes them."""
