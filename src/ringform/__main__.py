"""``python -m ringform``."""

from ringform.cli.app import main

main()
