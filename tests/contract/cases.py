"""The providers under contract."""

from __future__ import annotations

import copy
import importlib
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cli.harness import INBOX_KEY, KEY, TALK_PAIR, TALK_TOKEN, sandbox_for_all, settings_for

from contract.tiny_pbx import case as tiny_pbx
from ringform.providers import packages
from ringform.sandbox.oneinbox.example import AGENT, FRONT_DESK, SPARE
from ringform.sandbox.oneinbox.generator import generated_account as generated_inbox
from ringform.sandbox.phone_inc.example import SALES
from ringform.sandbox.phone_inc.generator import generated_account as generated_phone_inc
from ringform.sandbox.server import Sandbox
from ringform.sandbox.zendesk_talk.generator import generated_account as generated_talk
from ringform.testing import Answer, Case, Emulator, Refusal, State

HERE = Path(__file__).parent
_NOT_STATE = frozenset({"clock", "on_change"})


def emulator(sandbox: Sandbox, provider: str) -> Emulator:
    """One vendor's account of a sandbox."""
    accounts: dict[str, tuple[Any, str]] = {
        "phone.inc": (sandbox.account, sandbox.url),
        "zendesk-talk": (sandbox.zendesk, sandbox.zendesk_url),
        "oneinbox": (sandbox.oneinbox, sandbox.oneinbox_url),
    }
    account, url = accounts[provider]

    def write(state: State) -> None:
        other = type(account).from_state(copy.deepcopy(state))
        with account.changing():
            for each in fields(account):
                if each.name not in _NOT_STATE:
                    setattr(account, each.name, getattr(other, each.name))

    return Emulator(
        settings_for(sandbox)[provider],
        urlsplit(url).path,
        sandbox.faults,
        sandbox.recorder,
        lambda: copy.deepcopy(account.to_state()),
        write,
    )


def _vendor(provider: str) -> Callable[[], Any]:
    @contextmanager
    def start() -> Iterator[Emulator]:
        with sandbox_for_all() as sandbox:
            yield emulator(sandbox, provider)

    return start


@contextmanager
def _installed_tiny() -> Iterator[Emulator]:
    """Tiny PBX, whose package is installed for as long as it runs."""
    with (
        tempfile.TemporaryDirectory() as folder,
        installed(site := install_tiny(Path(folder))),
        tiny_pbx.start() as emulator,
    ):
        yield replace(emulator, environment={**emulator.environment, "PYTHONPATH": str(site)})


@contextmanager
def installed(site: Path) -> Iterator[None]:
    """Let this process see the packages that are installed there."""
    before = set(sys.modules)
    sys.path.insert(0, str(site))
    importlib.invalidate_caches()
    packages.installed.cache_clear()
    try:
        yield
    finally:
        sys.path.remove(str(site))
        for name in set(sys.modules) - before:
            if name.partition(".")[0] in ("tiny_pbx", "somebody"):
                del sys.modules[name]
        packages.installed.cache_clear()


def edit(state: State, section: str, index: int, **changes: Any) -> State:
    """The state after somebody has changed fields of one number."""
    changed = copy.deepcopy(state)
    changed[section][index].update(changes)
    return changed


def _inbox_listing(state: State) -> Sequence[str]:
    return [text for each in state["phone_numbers"] for text in ("--only", f"oneinbox_phone_number:{each['id']}")]


def install_tiny(folder: Path) -> Path:
    """Install the package into a folder for PYTHONPATH, as pip does: the code, and the metadata beside it."""
    source = HERE / "tiny_pbx"
    target = folder / "site"
    (target / "tiny_pbx").mkdir(parents=True)
    for name in ("__init__.py", "provider.py"):
        (target / "tiny_pbx" / name).write_text((source / name).read_text("utf-8"), "utf-8")
    write_metadata(target, "tiny-pbx-for-ringform", "[ringform.providers]\ntiny-pbx = tiny_pbx.provider:TinyPbx\n")
    return target


def write_metadata(site: Path, package: str, entry_points: str) -> None:
    """The part of an installed package that tells of its entry points."""
    info = site / f"{package.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(entry_points, "utf-8")


PHONE_INC = Case(
    name="phone.inc",
    folder=HERE,
    start=_vendor("phone.inc"),
    documented={
        "method": "PATCH",
        "path": f"/main_numbers/{SALES}",
        "body": {"name": "Sales Hotline", "timezone": "London"},
    },
    refusals=[Refusal(0, Answer.json(422, {"errors": {"timezone": ["is not served"]}}), "    timezone:")],
    edited=lambda state: edit(state, "main_numbers", 0, name="Somebody's"),
    generated=lambda: generated_phone_inc(7, 40).to_state(),
    secrets=(KEY,),
    wrong_key={"PHONE_INC_API_KEY": KEY[:-1] + "x"},
    variables=("PHONE_INC_API_KEY",),
    protected=("    name: Sales Hotline", "    name: Sales Hotline\n    protect: true"),
    field=("name", "Other"),
    called="Sales Hotline",
)

ZENDESK_TALK = Case(
    name="zendesk-talk",
    folder=HERE,
    start=_vendor("zendesk-talk"),
    documented={
        "method": "POST",
        "path": "/phone_numbers",
        "body": {"phone_number": {"token": "24a407cef67213be6d26b4c02d7d86c0"}},
    },
    refusals=[
        Refusal(
            0,
            Answer.json(
                422,
                {
                    "error": "RecordInvalid",
                    "description": "Record validation errors",
                    "details": {"maximum_queue_size": [{"description": "is too much", "error": "InvalidValue"}]},
                },
            ),
            "      maximum_queue_size:",
        ),
        Refusal(
            0,
            Answer.json(403, {"error": "Forbidden", "description": "group_ids cannot be set on this plan"}),
            "    group_ids:",
            "forbidden",
        ),
    ],
    edited=lambda state: edit(state, "phone_numbers", 0, nickname="Somebody's"),
    generated=lambda: generated_talk(120).to_state(),
    secrets=(TALK_TOKEN, TALK_PAIR),
    wrong_key={"ZENDESK_API_TOKEN": TALK_TOKEN[:-1] + "x"},
    variables=("ZENDESK_SUBDOMAIN", "ZENDESK_EMAIL", "ZENDESK_API_TOKEN"),
    protected=("    nickname: Support", "    nickname: Support\n    protect: true"),
    field=("nickname", "Other"),
    called="+353766801402",
    allowed=("purchase",),
    is_bought=True,
)

ONEINBOX = Case(
    name="oneinbox",
    folder=HERE,
    start=_vendor("oneinbox"),
    documented={
        "method": "PATCH",
        "path": f"/phone-numbers/{SPARE}",
        "body": {
            "friendly_name": "<string>",
            "agent_id": AGENT,
            "inbound_routing": {
                "agent_id": AGENT,
                "fallback": {"agent_id": AGENT},
                "voicemail_message": "<string>",
            },
        },
    },
    refusals=[
        Refusal(
            0,
            Answer.json(
                422,
                {
                    "detail": [
                        {
                            "loc": ["body", "inbound_routing", "voicemail_message"],
                            "msg": "String should have at most 20 characters",
                            "type": "string_too_long",
                        }
                    ]
                },
            ),
            "      voicemail_message:",
        )
    ],
    edited=lambda state: edit(state, "phone_numbers", 0, friendly_name="Somebody's"),
    generated=lambda: generated_inbox(9).to_state(),
    secrets=(INBOX_KEY,),
    wrong_key={"ONEINBOX_API_KEY": INBOX_KEY[:-1] + "x"},
    variables=("ONEINBOX_API_KEY",),
    protected=(f"  {FRONT_DESK}:", f"  {FRONT_DESK}:\n    protect: true"),
    field=("friendly_name", "Other"),
    called="Reception",
    filled_in=["inbound_routing.agent_id"],  # with no routing so far, the number's own agent is taken
    listing=_inbox_listing,
)

TINY_PBX = replace(tiny_pbx.TINY_PBX, start=_installed_tiny)

CASES = {case.name: case for case in (PHONE_INC, ZENDESK_TALK, ONEINBOX, TINY_PBX)}
