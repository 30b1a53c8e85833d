"""What a caller meets: a call traced through a configuration, a whole week folded, two configurations compared.

Pure: a configuration in normal form and a time in, an answer out. No network, no clock. Where the API documents say
nothing, the answer is "not documented"; nothing is guessed.
"""
