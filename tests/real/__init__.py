"""Tests that need more than Python, each marked ``real``. One whose tool is not there is skipped and says why."""
