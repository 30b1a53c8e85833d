"""Every provider passes the contract: ringform's own, and a tiny one from a package."""

from __future__ import annotations

from contract.cases import ONEINBOX, PHONE_INC, TINY_PBX, ZENDESK_TALK
from ringform.testing import ProviderContract


class TestPhoneInc(ProviderContract):
    case = PHONE_INC


class TestZendeskTalk(ProviderContract):
    case = ZENDESK_TALK


class TestOneInbox(ProviderContract):
    case = ONEINBOX


class TestTinyPbx(ProviderContract):
    case = TINY_PBX
