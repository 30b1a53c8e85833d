"""Zendesk Talk as a provider: the pieces of this package behind one interface."""

from __future__ import annotations

from ringform.model.api_error import ANOTHER_OBJECT
from ringform.model.change import Call, Change
from ringform.model.kind import by_name
from ringform.model.values import Fields, Json
from ringform.providers.protocol import Probe
from ringform.providers.query import Query
from ringform.providers.zendesk_talk import account, guardrails, phone_number, purchase, warnings
from ringform.providers.zendesk_talk.document import MANIFEST
from ringform.providers.zendesk_talk.endpoint import BASE_URL, EMAIL, SUBDOMAIN, TOKEN, endpoint
from ringform.providers.zendesk_talk.error_body import parse_error
from ringform.providers.zendesk_talk.fields import PHONE_NUMBER
from ringform.providers.zendesk_talk.phone_number import PATH, WITH_SETTINGS


class ZendeskTalk:
    """Phone numbers of a Zendesk Talk account.

    The API's document does not say what happens to a call, so nothing can be said of what callers meet. Numbers are
    not creatable as such: they are bought, where the manifest asks for it.
    """

    name = MANIFEST.provider
    kinds = by_name(PHONE_NUMBER)
    document = MANIFEST.document
    variables = (SUBDOMAIN, EMAIL, TOKEN, BASE_URL)
    probes = (Probe("phone numbers", PATH),)
    guardrails = guardrails.RULES
    warning_codes = warnings.WARNINGS
    endpoint = staticmethod(endpoint)
    parse = staticmethod(MANIFEST.parse)
    export = staticmethod(MANIFEST.export)
    observe = staticmethod(account.observe)
    has_number = staticmethod(account.has_number)
    names_of_ids = staticmethod(account.names_of_ids)
    choose_offers = staticmethod(purchase.choose_offers)
    renew_offers = staticmethod(purchase.renew_offers)
    calls = staticmethod(phone_number.calls)
    parse_error = staticmethod(parse_error)

    def parse_response(self, change: Change, call: Call, answer: Json) -> Fields:
        """Return the number, with which every call is answered."""
        if call.method == "POST":
            phone = phone_number.unwrapped(answer)
        else:
            phone = phone_number.unwrapped_at(call.path, answer)
            if phone_number.address_of(phone) != change.address:
                raise ValueError(ANOTHER_OBJECT)
        return {**phone_number.normal(phone), "number": phone_number.address_of(phone).key}

    def recheck(self, change: Change) -> Query[Fields | None]:
        """Return the GET of the number itself, or of the list, in which one to buy must not be yet."""

        def listed(answer: Json) -> Fields | None:
            there = _with_number(answer, change.address.key)
            return None if there is None else phone_number.normal(there)

        def shown(answer: Json) -> Fields | None:
            phone = phone_number.unwrapped_at(path, answer)
            # One that has another number by now is another address: what was planned for is gone.
            return phone_number.normal(phone) if phone_number.address_of(phone) == change.address else None

        if change.before is None:
            return Query(PATH, listed)
        path = change.calls[0].path.partition("?")[0] + WITH_SETTINGS
        return Query(path, shown)

    def created_id(self, answer: Json) -> str:
        """Return the id of the number, with which a purchase is answered."""
        return phone_number.id_of(phone_number.unwrapped(answer))

    def find_created(self, call: Call) -> Query[Json]:
        """Return the GET of the list. A purchase is never sent twice: a number that is not in the list is unclear."""

        def listed(answer: Json) -> Json:
            there = _with_number(answer, str(call.expect["number"]))
            if there is None:
                raise ValueError("the number is not among the first ones")
            return {"phone_number": there}

        return Query(PATH, listed)


def _with_number(answer: Json, number: str) -> Json:
    entries = phone_number.listed(answer)
    return next((each for each in entries if phone_number.address_of(each).key == number), None)
