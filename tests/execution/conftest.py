from __future__ import annotations

from support.documents_account import here, running

__all__ = ["here", "running"]
