"""The contract: what every provider promises, as tests of a class that a package inherits."""

from __future__ import annotations

from typing import ClassVar

from ringform.testing.case import Case
from ringform.testing.contract.calls import EmptyPlans, ExactCalls
from ringform.testing.contract.faults import Faults
from ringform.testing.contract.identity import Identity
from ringform.testing.contract.refusals import Guardrails, Refusals, Secrets
from ringform.testing.contract.story import CallFlows, Doctor, Story


class ProviderContract(
    EmptyPlans, ExactCalls, Story, Faults, Identity, Refusals, Secrets, Guardrails, Doctor, CallFlows
):
    """Every promise of a provider. A class of tests inherits it and names its ``case``.

    ::

        class TestTinyPbx(ProviderContract):
            case = TINY_PBX
    """

    case: ClassVar[Case]
