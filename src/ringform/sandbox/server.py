"""The sandbox as a server: in a thread for tests, in the foreground for demos."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from ringform.sandbox.faults import FaultControl, Faults
from ringform.sandbox.gate import TRANSPORT, Gate, RecordedRequest, Recorder
from ringform.sandbox.oneinbox import generator as oneinbox_generator
from ringform.sandbox.oneinbox.account import Account as OneInboxAccount
from ringform.sandbox.oneinbox.app import SANDBOX_KEY as ONEINBOX_KEY
from ringform.sandbox.oneinbox.app import oneinbox_app
from ringform.sandbox.phone_inc.account import Account
from ringform.sandbox.phone_inc.app import SANDBOX_KEY, phone_inc_app
from ringform.sandbox.phone_inc.generator import generated_account
from ringform.sandbox.state import load_accounts
from ringform.sandbox.zendesk_talk import generator as zendesk_generator
from ringform.sandbox.zendesk_talk.account import Account as ZendeskAccount
from ringform.sandbox.zendesk_talk.app import SANDBOX_EMAIL as ZENDESK_EMAIL
from ringform.sandbox.zendesk_talk.app import SANDBOX_TOKEN as ZENDESK_TOKEN
from ringform.sandbox.zendesk_talk.app import zendesk_talk_app

PHONE_INC_PATH = "/api/v1"
ZENDESK_PATH = "/api/v2/channels/voice"
ONEINBOX_PATH = "/v1"

LOOPBACK = "127.0.0.1"


class SandboxError(Exception):
    """The sandbox cannot start; the message is for a person."""


class Sandbox:
    """A running sandbox, as a context manager: every vendor on one port, each under its own path.

    ``account``, ``key`` and ``url`` are Phone.inc's; ``zendesk`` and ``oneinbox`` are the other vendors' accounts.
    A vendor without an account has its documents' own one. With ``state`` the accounts are loaded from that file
    if it exists, whatever accounts are given, and the file is written at the start and after every change. A
    vendor that the file lacks, as it is older than the vendor here, keeps the account that it would have without.

    Of each vendor one credential is right, the given one or else the sandbox's own, so that a wrong one can be
    rehearsed. Requests that name another host than this machine are refused, as a page in a browser sends them.
    """

    def __init__(
        self,
        account: Account | None = None,
        *,
        zendesk: ZendeskAccount | None = None,
        oneinbox: OneInboxAccount | None = None,
        key: str | None = None,
        zendesk_email: str = ZENDESK_EMAIL,
        zendesk_token: str = ZENDESK_TOKEN,
        oneinbox_key: str | None = None,
        host: str = LOOPBACK,
        port: int = 0,
        state: Path | None = None,
        faults: Faults | None = None,
    ) -> None:
        self.key = key or SANDBOX_KEY
        self.zendesk_email = zendesk_email
        self.zendesk_token = zendesk_token
        self.oneinbox_key = oneinbox_key or ONEINBOX_KEY
        self.faults = FaultControl(faults)
        self.recorder = Recorder()
        self.account, self.zendesk, self.oneinbox = load_accounts(state, account, zendesk, oneinbox)
        self._host = host
        self._port = port
        vendors = Starlette(
            routes=[
                Mount(PHONE_INC_PATH, app=phone_inc_app(self.account, self.key)),
                Mount(ZENDESK_PATH, app=zendesk_talk_app(self.zendesk, zendesk_email, zendesk_token)),
                Mount(ONEINBOX_PATH, app=oneinbox_app(self.oneinbox, self.oneinbox_key)),
            ],
            exception_handlers={HTTPException: _not_routed},
        )
        self._app = Gate(vendors, self.faults, self.recorder, host)

    @property
    def requests(self) -> list[RecordedRequest]:
        """The requests so far, the last ten thousand of them, in the order in which they were finished."""
        return self.recorder.all()

    @property
    def url(self) -> str:
        """Phone.inc's base URL; known once the sandbox has been started."""
        return self._origin + PHONE_INC_PATH

    @property
    def zendesk_url(self) -> str:
        """Zendesk Talk's base URL."""
        return self._origin + ZENDESK_PATH

    @property
    def oneinbox_url(self) -> str:
        """OneInbox's base URL."""
        return self._origin + ONEINBOX_PATH

    @property
    def _origin(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    def __enter__(self) -> Self:
        """Start it; requests are answered from now on."""
        self._running = running(self._app, self._host, self._port)
        self._port = self._running.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it, and close every connection at once."""
        self._running.__exit__(kind, error, trace)


@contextmanager
def running(app: ASGIApp, host: str = LOOPBACK, port: int = 0) -> Iterator[int]:
    """Serve an application in a thread, and give its port; at the end every connection is closed at once.

    Behind a ``Gate`` its faults can drop connections.
    """
    listener = _listen(host, port)
    server = _Server(app)
    thread = threading.Thread(target=server.run, args=([listener],), name="ringform-sandbox", daemon=True)
    thread.start()
    while not server.ready.wait(0.1):
        if not thread.is_alive():
            raise SandboxError("The sandbox's server ended before it answered.")
    try:
        yield listener.getsockname()[1]
    finally:
        server.stop()
        thread.join()


def serve(
    *,
    host: str = LOOPBACK,
    port: int = 0,
    state: Path | None = None,
    numbers: int | None = None,
    contacts: int | None = None,
    faults: Faults | None = None,
    key: str | None = None,
    keeps_timer_without_flow: bool = True,
    on_ready: Callable[[Sandbox], None],
) -> None:
    """Run a sandbox until SIGINT or SIGTERM, and call ``on_ready`` with it once it answers.

    With ``numbers`` or ``contacts`` the accounts are generated ones with so many numbers each, and so many contacts of
    Phone.inc's; otherwise the documents'. ``keeps_timer_without_flow`` is a trait of Phone.inc's account.
    Must be called in the main thread, as it minds the signals.
    """
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    account, zendesk, oneinbox = None, None, None
    if numbers is not None or contacts is not None:
        account = generated_account(numbers or 0, contacts or 0)
    if numbers is not None:
        zendesk, oneinbox = zendesk_generator.generated_account(numbers), oneinbox_generator.generated_account(numbers)
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with Sandbox(
            account, zendesk=zendesk, oneinbox=oneinbox, key=key, host=host, port=port, state=state, faults=faults
        ) as sandbox:
            sandbox.account.keeps_timer_without_flow = keeps_timer_without_flow
            on_ready(sandbox)
            # In short turns, as a wait without end is deaf to signals on Windows.
            while not stopped.wait(0.5):
                pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Protocol(H11Protocol):
    """Lets the application reach its connection, which ASGI itself does not: dropping it needs that."""

    def connection_made(  # type: ignore[override]  # uvicorn narrows the transport
        self, transport: asyncio.Transport
    ) -> None:
        super().connection_made(transport)
        app = self.app

        async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
            scope[TRANSPORT] = transport
            await app(scope, receive, send)

        self.app = with_transport


class _Server(uvicorn.Server):
    """Starts and stops within milliseconds, where uvicorn's own server looks ten times a second."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                loop="asyncio",
                http=_Protocol,
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                date_header=False,
                timeout_keep_alive=60,
            )
        )
        self.ready = threading.Event()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stopped.set)

    async def main_loop(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        self.ready.set()
        await self._stopped.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)  # lets the connections notice, so that their tasks do not try to answer
        for task in list(self.server_state.tasks):
            task.cancel()
        await asyncio.gather(*self.server_state.tasks, return_exceptions=True)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, as asyncio turns off Nagle's algorithm for such sockets alone: with it every answer waits
    # 40 ms for an acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere the option lets two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(512)
    except (OSError, OverflowError) as error:
        listener.close()
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SandboxError(f"The sandbox cannot listen on {host} port {port}: {reason}.") from error
    return listener


async def _not_routed(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code)
