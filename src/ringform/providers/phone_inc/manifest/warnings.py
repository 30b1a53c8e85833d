"""The codes of all warnings about a manifest, from the modules that report them."""

from __future__ import annotations

from ringform.providers.phone_inc.manifest import advice, document, employees
from ringform.providers.phone_inc.resources import main_number
from ringform.providers.shared.calendar import advice as calendar_advice
from ringform.providers.shared.calendar import closures, rotations

CODES = frozenset(
    code
    for module in (advice, document, employees, calendar_advice, closures, rotations, main_number)
    for code in module.WARNINGS
)
