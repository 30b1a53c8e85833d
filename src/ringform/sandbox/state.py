"""The vendors' accounts, and the one file that keeps them all."""

from __future__ import annotations

from pathlib import Path

from ringform.sandbox.oneinbox.account import Account as OneInboxAccount
from ringform.sandbox.oneinbox.example import documents_account as oneinbox_example
from ringform.sandbox.phone_inc.account import Account as PhoneIncAccount
from ringform.sandbox.phone_inc.example import documents_account as phone_inc_example
from ringform.sandbox.store import StateError, StateFile
from ringform.sandbox.zendesk_talk.account import Account as ZendeskAccount
from ringform.sandbox.zendesk_talk.example import documents_account as zendesk_example

PHONE_INC = "phone_inc"
ZENDESK = "zendesk_talk"
ONEINBOX = "oneinbox"


_Account = PhoneIncAccount | ZendeskAccount | OneInboxAccount


def load_accounts(
    path: Path | None,
    phone_inc: PhoneIncAccount | None,
    zendesk: ZendeskAccount | None,
    oneinbox: OneInboxAccount | None,
) -> tuple[PhoneIncAccount, ZendeskAccount, OneInboxAccount]:
    """Return every vendor's account: the file's, else the given one, else the documents'.

    With a path they are saved at once and after every change.
    """
    file = None if path is None else StateFile(path)
    sections = None if file is None else file.load()
    if sections is not None:
        # Every file has this section. The others came later, so that an old file has none of them.
        if PHONE_INC not in sections:
            raise StateError(f"The sandbox's state file {path} lacks the section {PHONE_INC}.")
        phone_inc = PhoneIncAccount.from_state(sections[PHONE_INC])
        if ZENDESK in sections:
            zendesk = ZendeskAccount.from_state(sections[ZENDESK])
        if ONEINBOX in sections:
            oneinbox = OneInboxAccount.from_state(sections[ONEINBOX])
    phone_inc = phone_inc or phone_inc_example()
    zendesk = zendesk or zendesk_example()
    oneinbox = oneinbox or oneinbox_example()
    if file is not None:
        _keep(file, {PHONE_INC: phone_inc, ZENDESK: zendesk, ONEINBOX: oneinbox})
    return phone_inc, zendesk, oneinbox


def _keep(file: StateFile, accounts: dict[str, _Account]) -> None:
    for name, account in accounts.items():

        def save(name: str = name, account: _Account = account) -> None:
            file.save({name: account.to_state()})

        account.on_change = save
    file.save({name: account.to_state() for name, account in accounts.items()})
