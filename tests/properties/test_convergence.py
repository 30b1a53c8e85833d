"""Plan and apply, for random accounts and manifests, over a real socket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringform.core.plan_file import load
from ringform.core.plan_json import dump
from support import model, strategies
from support.sandboxes import Site, site
