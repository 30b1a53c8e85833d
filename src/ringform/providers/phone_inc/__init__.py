"""Phone.inc: main numbers, contacts, employees and calls."""
