"""The list of employees, which the documents leave out: GET /employees."""

from __future__ import annotations

from typing import Any

from ringform.sandbox.phone_inc.account import Account


def list_employees(account: Account) -> dict[str, Any]:
    """Everybody, without pagination."""
    return {"employees": [dict(vars(employee)) for employee in account.employees.values()]}
