"""Phone numbers: the normal form of an answer, reading them one by one, and the PATCH that changes one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from ringform.model.address import Address
from ringform.model.api_error import ANOTHER_OBJECT, ApiError
from ringform.model.change import Call
from ringform.model.desired import Scope
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.snapshot import Resource, Snapshot
from ringform.model.values import Fields, Json
from ringform.planning.compare import changed_fields
from ringform.providers.oneinbox.fields import PHONE_NUMBER
from ringform.providers.oneinbox.sections import read_id
from ringform.providers.protocol import Reads
from ringform.providers.query import Query
from ringform.providers.shared.answers import cannot_create_or_delete, path_below

PATH = "/phone-numbers"
_MESSAGE = "inbound_routing.voicemail_message"


def path_of(id_: str) -> str:
    """Return the path of one number."""
    return path_below(PATH, id_)


def observe(reads: Reads, scope: Scope) -> Snapshot:
    """Read each number in scope. A 404 says that the account lacks it; which others it has is not known.

    Raises:
        RingformError: Every number is asked for, and the API has no list of them; or one by what is no id.
        ApiError: The account gave no usable answer to one of the requests.
    """
    if scope.addresses is None:
        summary = "the API of OneInbox has no list of phone numbers"
        hint = f"name each number by its id, as in --only {PHONE_NUMBER.name}:UUID"
        raise RingformError(Diagnostic("ids-needed", summary, hint=hint))
    addresses = sorted(_by_id(address) for address in scope.addresses if address.kind == PHONE_NUMBER.name)
    queries = [Query(path_of(address.key), partial(_resource, address)) for address in addresses]
    answers = _answers(reads, [query.path for query in queries])
    there = [query.read(answer) for query, answer in zip(queries, answers, strict=True) if answer is not None]
    return Snapshot({each.address: each for each in there}, is_whole=False)


def has_number(reads: Reads, address: Address) -> bool:
    """Return whether the account shows a number with this id."""
    answer = _answer(reads, path_of(address.key))
    return answer is not None and _resource(address, answer).address == address


def _by_id(address: Address) -> Address:
    id_ = read_id(address.key)
    if id_ is None:
        hint = "write the number's UUID, like 3c90c3cc-0d44-4b50-8888-8dd25736052a: the API knows numbers only by it"
        raise RingformError(Diagnostic("bad-id", f"{address} is not the id of a phone number", hint=hint))
    return Address(PHONE_NUMBER.name, id_)


def _answers(reads: Reads, paths: Sequence[str]) -> list[Json]:
    """Return the answers, None for what is not there: all at once, or one by one if something is missing."""
    try:
        return reads.get_all(paths)
    except ApiError as error:
        if error.status != 404:
            raise
    return [_answer(reads, path) for path in paths]


def _answer(reads: Reads, path: str) -> Json:
    try:
        return reads.get(path)
    except ApiError as error:
        if error.status == 404:
            return None
        raise


def _resource(address: Address, answer: Json) -> Resource:
    form = normal_of(address, answer)
    raw = answer if isinstance(answer, Mapping) else {}
    return Resource(address, address.key, PHONE_NUMBER.name_of(form), form, raw)


def normal_of(address: Address, answer: Json) -> dict[str, Json]:
    """Return the normal form of the number with this address.

    Raises:
        ValueError: The answer does not have the documented shape, or is about another number.
    """
    form = normal(answer)
    if id_of(answer).lower() != address.key:
        raise ValueError(ANOTHER_OBJECT)
    return form


def id_of(answer: Json) -> str:
    """Return the id of a number as the API gives it.

    Raises:
        ValueError: The answer does not have the documented shape.
    """
    id_ = answer.get("id") if isinstance(answer, Mapping) else None
    if not isinstance(id_, str):
        raise ValueError("a phone number has no id")
    return id_


def normal(answer: Json) -> dict[str, Json]:
    """Return the normal form of a number as the API gives it (document, "Response"), with ids in lower case.

    Raises:
        ValueError: The answer does not have the documented shape.
    """
    shown = answer if isinstance(answer, Mapping) else {}
    lacking = next((name for name in ("friendly_name", "agent_id") if name not in shown), None)
    if lacking:
        raise ValueError(f"a phone number lacks {lacking}")
    routing = shown.get("inbound_routing")
    knobs = routing if isinstance(routing, Mapping) else {}
    fallback = knobs.get("fallback")
    agent = fallback.get("agent_id") if isinstance(fallback, Mapping) else None
    return {
        "friendly_name": shown["friendly_name"] or None,
        "agent_id": _lower(shown["agent_id"]),
        "inbound_routing.agent_id": _lower(knobs.get("agent_id")),
        "inbound_routing.fallback": {"agent_id": _lower(agent)} if agent else None,
        _MESSAGE: knobs.get("voicemail_message") or None,
    }


def _lower(id_: Json) -> Json:
    return id_.lower() if isinstance(id_, str) else id_


def calls(live: Resource | None, address: Address, goal: Fields | None) -> list[Call]:
    """Return one PATCH with the fields and the routing knobs that change (document, "Partial routing patch").

    Raises:
        RingformError: The number is to come or to go, for which the document has no call.
    """
    if live is None or goal is None:
        raise cannot_create_or_delete(address, where="the OneInbox dashboard")
    changed = {name: goal[name] for name in changed_fields(live.fields, goal)}
    # What a null does there is not documented.
    sent = {name: "" if name == _MESSAGE and value is None else value for name, value in changed.items()}
    return [Call("PATCH", path_of(live.id), PHONE_NUMBER.nested(sent), changed)] if changed else []
