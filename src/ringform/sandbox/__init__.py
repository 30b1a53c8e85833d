"""An emulator of the vendors' REST APIs over real HTTP, for demos and tests.

It is written from the vendors' documents alone and imports nothing of the rest of ringform, so that a
misreading in the client cannot be cancelled out by the same misreading here.
"""
