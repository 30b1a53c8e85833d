from __future__ import annotations

import pytest
from callflow.configurations import number

from ringform.callflow.graph import Graph, graph
from ringform.providers.phone_inc.resources.call_flow import call_flow


@pytest.fixture
def plain() -> Graph:
    """A number that rings two people, with a voicemail when they do not answer."""
    return graph("+14155551234", "Sales", call_flow(number()))
