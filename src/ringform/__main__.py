"""``python -m ringform``."""

from ringform.cli.main import main

main()
