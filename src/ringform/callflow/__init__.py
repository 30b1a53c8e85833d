"""What a caller meets: a call traced through a call flow, a whole week folded, two call flows compared.

Pure: a call flow and a time in, an answer out. No network, no clock, no vendor: a provider turns its fields into a
``CallFlow``. Where the API documents say nothing, the answer is "not documented"; nothing is guessed.
"""
