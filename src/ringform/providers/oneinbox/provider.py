"""OneInbox as a provider: the pieces of this package behind one interface."""

from __future__ import annotations

from functools import partial

from ringform.model.change import Call, Change
from ringform.model.kind import by_name
from ringform.model.values import Fields, Json
from ringform.providers.oneinbox import phone_number
from ringform.providers.oneinbox.document import MANIFEST
from ringform.providers.oneinbox.endpoint import BASE_URL, KEY, endpoint
from ringform.providers.oneinbox.error_body import parse_error
from ringform.providers.oneinbox.fields import PHONE_NUMBER
from ringform.providers.protocol import Probe
from ringform.providers.query import Query

_NO_NUMBER = "00000000-0000-0000-0000-000000000000"


class OneInbox:
    """Phone numbers of a OneInbox account.

    The API's document does not say what happens to a call, so nothing can be said of what callers meet. It has no list
    of numbers either: the account's other numbers are not known.
    """

    name = MANIFEST.provider
    kinds = by_name(PHONE_NUMBER)
    document = MANIFEST.document
    variables = (KEY, BASE_URL)
    probes = (Probe("phone numbers", phone_number.path_of(_NO_NUMBER), is_of_nothing=True),)
    endpoint = staticmethod(endpoint)
    parse = staticmethod(MANIFEST.parse)
    export = staticmethod(MANIFEST.export)
    observe = staticmethod(phone_number.observe)
    has_number = staticmethod(phone_number.has_number)
    calls = staticmethod(phone_number.calls)
    parse_error = staticmethod(parse_error)

    def parse_response(self, change: Change, call: Call, answer: Json) -> Fields:
        """Return the number, with which every call is answered."""
        return phone_number.normal_of(change.address, answer)

    def recheck(self, change: Change) -> Query[Fields | None]:
        """GET the number itself, at which every call is."""
        return Query(change.calls[0].path, partial(phone_number.normal_of, change.address))
