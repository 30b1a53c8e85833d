"""Export: write the live account as a manifest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ringform.execution.connection import Connection
from ringform.execution.reader import Reader, observe, read_people
from ringform.model.address import Address
from ringform.model.desired import Scope
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.messages import did_you_mean
from ringform.model.phone import NotAPhoneNumber, to_e164
from ringform.model.snapshot import Resource, Snapshot
from ringform.operations.numbers import addresses_called
from ringform.providers.facets import Exports, NamesIds

_HEADING = (
    "Written by ringform export. A field that you remove is left as it is in the account.",
    "For help while editing, make the schema with: ringform schema > manifest.schema.json",
    "and put this on the first line:  # yaml-language-server: $schema=manifest.schema.json",
)


@dataclass(frozen=True, slots=True)
class Export:
    """An account as the ``document`` of a manifest whose plan is empty.

    ``held`` are the objects in it; ``left_out`` says what no manifest can hold.
    """

    document: Mapping[str, object]
    held: tuple[Address, ...]
    left_out: tuple[Diagnostic, ...]

    @property
    def text(self) -> str:
        """The document as YAML in the layout of ``fmt``, with a heading for whoever edits it.

        Raises:
            RingformError: ``export-too-large``: no file of a manifest may hold that much.
        """
        # Imported here: the YAML library takes a while to load.
        from ringform.manifest import composer
        from ringform.manifest.canonical.printer import NotFormattable
        from ringform.manifest.source import MAX_BYTES, Source
        from ringform.manifest.writing import to_yaml
        from ringform.operations.fmt import canonical_text

        written = Source("the export", to_yaml(self.document, heading=_HEADING))
        if len(written.text.encode()) > MAX_BYTES:
            raise RingformError(_too_large())
        try:
            text = canonical_text(written, composer.parse(written)[0])
        except RingformError as error:
            if any(each.code == "too-many-values" for each in error.diagnostics):
                raise RingformError(_too_large()) from None
            raise
        except NotFormattable:
            text = written.text
        if len(text.encode()) > MAX_BYTES:
            raise RingformError(_too_large())
        return text


def export(connection: Connection, only: Sequence[Address | str] = ()) -> Export:
    """Read an account and write it as a manifest; with ``only``, just these objects of it.

    A text is an address, or a number, a name or a pattern (``number_lookup.find_objects``), for which more is read.

    Raises:
        RingformError: The account has no such object, or gives no usable answer.
    """
    provider = connection.provider
    if not isinstance(provider, Exports):
        raise RingformError(Diagnostic("cannot-export", f"accounts of {provider.name} cannot be exported"))
    exact = [each if isinstance(each, Address) else _exact(each, provider.kinds) for each in only]
    addresses = [address for address in exact if address]
    is_exact = len(addresses) == len(exact)
    kinds = {address.kind for address in addresses} if only and is_exact else provider.kinds
    live = observe(connection, Scope(frozenset(addresses) or None if is_exact else None, kinds=frozenset(kinds)))
    if not is_exact:
        names = {address: resource.name for address, resource in live.resources.items()}
        addresses = [found for each in only for found in addresses_called(str(each), names, "the account")]
    live = replace(live, resources=_chosen(addresses, live)) if only else live
    live = replace(live, people=_names(connection, live))
    document, left_out = provider.export(live)
    sections = [section for section in document.values() if isinstance(section, Mapping)]
    held = [address for address in live.resources if any(address.key in section for section in sections)]
    return Export(document, tuple(held), tuple(left_out))


def _too_large() -> Diagnostic:
    hint = "export it in parts with --only and a pattern such as '+45*', each into a file of one folder"
    return Diagnostic("export-too-large", "the account holds more than one file of a manifest can", hint=hint)


def _exact(text: str, kinds: Collection[str]) -> Address | None:
    """Return the object whose address a text is, its number written in any way; None if it has to be looked up."""
    kind, _, key = text.partition(":")
    if kind not in kinds or not key or "*" in key or "?" in key:
        return None
    try:
        return Address(kind, to_e164(key))
    except NotAPhoneNumber:
        # An id of another sort has digits; what has none is a name.
        return Address(kind, key) if any(character.isdigit() for character in key) and " " not in key else None


def _names(connection: Connection, live: Snapshot) -> Mapping[str, Mapping[str, str]]:
    if not isinstance(connection.provider, NamesIds):
        return read_people(connection)
    with Reader(connection) as reader:
        return connection.provider.names_of_ids(reader, live)


def _chosen(only: Sequence[Address], live: Snapshot) -> dict[Address, Resource]:
    """Return the objects that were asked for; an id may be written in capitals.

    Raises:
        RingformError: The account has no such object.
    """
    known = {str(address).casefold(): address for address in live.resources}
    lacking = [address for address in only if str(address).casefold() not in known]
    if lacking:
        there = [str(address) for address in (*live.resources, *live.unmanaged)]
        hint = "check it in the vendor's dashboard, and that the key is the right account's"
        raise RingformError(
            *(
                Diagnostic(
                    "not-in-account",
                    f"the account has no {address}",
                    hint=did_you_mean(str(address), there) or hint,
                    address=address,
                )
                for address in lacking
            )
        )
    chosen = [known[str(address).casefold()] for address in only]
    return {address: live.resources[address] for address in chosen}
