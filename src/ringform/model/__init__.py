"""Pure data, the words of everything else; imports nothing of ours."""
