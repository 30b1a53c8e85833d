"""Codecs between dataclasses and JSON: one description of a type both writes and reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ringform.model.values import Json

T = TypeVar("T")
K = TypeVar("K")

_REQUIRED = object()


class Misshapen(ValueError):  # noqa: N818 - it reads as what it says
    """JSON that does not have the expected shape, at the path ``where``."""

    def __init__(self, *where: str) -> None:
        super().__init__(".".join(where))
        self.where = where


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """Encodes one type as JSON and decodes it again; ``decode`` raises ``Misshapen`` for any other JSON."""

    encode: Callable[[T], Json]
    decode: Callable[[Json], T]


@dataclass(frozen=True, slots=True)
class Member:
    """A field of a record.

    ``attribute`` is its name in the dataclass (empty: the same as in the JSON). A value equal to ``default`` is not
    written, and a missing one is read as the dataclass's default. A field that is not ``is_read`` is only written.
    """

    codec: Codec[Any]
    attribute: str = ""
    default: object = _REQUIRED
    is_read: bool = True


def record(make: Callable[..., T], **members: Codec[Any] | Member) -> Codec[T]:
    """Return the codec of a JSON object with these fields, in this order; ``make`` gets them as keywords.

    Unknown fields are ignored: later versions may add some. The names are the JSON's, whatever the dataclass's are.
    """
    table = [
        (name, member, member.attribute or name)
        for name, given in members.items()
        for member in [given if isinstance(given, Member) else Member(given)]
    ]

    def encode(value: T) -> dict[str, Json]:
        parts = ((name, member, getattr(value, attribute)) for name, member, attribute in table)
        return {name: member.codec.encode(part) for name, member, part in parts if part != member.default}

    def decode(value: Json) -> T:
        parts = {}
        source = OBJECT.decode(value)
        for name, member, attribute in table:
            if member.is_read and name in source:
                parts[attribute] = _within(name, member.codec, source[name])
            elif member.is_read and member.default is _REQUIRED:
                raise Misshapen(name)
        return make(**parts)

    return Codec(encode, decode)


def optional(inner: Codec[T]) -> Codec[T | None]:
    """Return the codec of the same values or null."""
    return Codec(
        lambda value: None if value is None else inner.encode(value),
        lambda value: None if value is None else inner.decode(value),
    )


def many(inner: Codec[T]) -> Codec[tuple[T, ...]]:
    """Return the codec of an array of such values."""

    def decode(value: Json) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise Misshapen
        return tuple(_within(str(index), inner, item) for index, item in enumerate(value))

    return Codec(lambda value: [inner.encode(item) for item in value], decode)


def mapping(keys: Codec[K], values: Codec[T]) -> Codec[Mapping[K, T]]:
    """Return the codec of an object with any keys and such values."""
    return Codec(
        lambda value: {str(keys.encode(key)): values.encode(item) for key, item in value.items()},
        lambda value: {
            _within(key, keys, key): _within(key, values, item) for key, item in OBJECT.decode(value).items()
        },
    )


def text_for(write: Callable[[T], str], read: Callable[[str], T]) -> Codec[T]:
    """Return the codec of values written as texts; ``read`` raises ``ValueError`` for any other text."""

    def decode(value: Json) -> T:
        try:
            return read(TEXT.decode(value))
        except ValueError:
            raise Misshapen from None

    return Codec(write, decode)


def _exactly(kind: type[T]) -> Callable[[Json], T]:
    def decode(value: Json) -> T:
        if not isinstance(value, kind) or isinstance(value, bool):  # True is no number
            raise Misshapen
        return value

    return decode


def _within(key: str, codec: Codec[T], value: Json) -> T:
    try:
        return codec.decode(value)
    except Misshapen as error:
        raise Misshapen(key, *error.where) from None


def _as_it_is(value: Json) -> Json:
    return value


ANY: Codec[Json] = Codec(_as_it_is, _as_it_is)
TEXT: Codec[str] = Codec(_as_it_is, _exactly(str))
NUMBER: Codec[int] = Codec(_as_it_is, _exactly(int))
OBJECT: Codec[Mapping[str, Json]] = Codec(_as_it_is, _exactly(dict))
