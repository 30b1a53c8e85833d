"""The data types that every other package uses. Pure; imports nothing of ours."""
