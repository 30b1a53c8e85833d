"""A client of yaml-language-server, the program behind YAML in most editors: it speaks LSP over stdin and stdout."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

HERE = "|"
"""Marks the place of the cursor in a text."""

_WARNING = 2
"""A severity of the protocol; an error is 1, and what is greater is advice."""

_MOST_TRIES = 100
"""Questions until the server has read its settings. It answers one in milliseconds."""


@dataclass(frozen=True)
class Completion:
    """What an editor offers at a place: the label in the list, and the text that choosing it writes."""

    label: str
    written: str


class LanguageServer:
    """An open conversation with a language server, in which every document is checked against one schema."""

    def __init__(self, process: subprocess.Popen[bytes], schema: Path) -> None:
        self._process = process
        self._numbers = count(1)
        self._names = count(1)
        self._settings = {
            "yaml": {
                "schemas": {schema.as_uri(): "*.yaml"},
                "validate": True,
                "completion": True,
                "hover": True,
                "schemaStore": {"enable": False},
                "kubernetesCRDStore": {"enable": False},
            }
        }
        workspace = {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}}
        capabilities = {
            "workspace": workspace,
            "textDocument": {"completion": {"completionItem": {"snippetSupport": False}}},
        }
        self._ask("initialize", {"processId": None, "rootUri": None, "capabilities": capabilities})
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": self._settings})
        # It takes the settings in its own time, and says nothing when it has them.
        assert any(self.completions(HERE) for _ in range(_MOST_TRIES)), "the schema is not used"

    def diagnostics(self, text: str) -> list[tuple[int, str]]:
        """The line, from 1, and the message of each error or warning in a text."""
        [found] = self.diagnostics_of({self._new_uri(): text}).values()
        return found

    def diagnostics_of(self, texts: Mapping[str, str]) -> dict[str, list[tuple[int, str]]]:
        """The same for many texts by their URIs, in a fraction of the time: the server waits a while for each."""
        for uri, text in texts.items():
            self._open(uri, text)
        found: dict[str, list[tuple[int, str]]] = {}
        while found.keys() < texts.keys():
            message = self._read()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] in texts:
                found[message["params"]["uri"]] = sorted(
                    (each["range"]["start"]["line"] + 1, str(each["message"]))
                    for each in message["params"]["diagnostics"]
                    if each["severity"] <= _WARNING
                )
        return found

    def completions(self, text: str) -> list[Completion]:
        """What is offered where ``HERE`` stands in a text."""
        answer = self._ask("textDocument/completion", self._place(text))
        items: Sequence[Mapping[str, Any]] = answer["items"] if isinstance(answer, Mapping) else answer or ()
        return [
            Completion(str(each["label"]), str(each.get("textEdit", {}).get("newText", each.get("insertText"))))
            for each in items
        ]

    def hover(self, text: str) -> str:
        """What is shown over the place where ``HERE`` stands in a text."""
        answer = self._ask("textDocument/hover", self._place(text))
        return str(answer["contents"]["value"]) if answer else ""

    def _place(self, text: str) -> dict[str, object]:
        before, mark, after = text.partition(HERE)
        assert mark
        position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        uri = self._new_uri()
        self._open(uri, before + after)
        return {"textDocument": {"uri": uri}, "position": position}

    def _new_uri(self) -> str:
        return f"file:///manifests/{next(self._names)}.yaml"

    def _open(self, uri: str, text: str) -> None:
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})

    def _ask(self, method: str, params: Mapping[str, object]) -> Any:
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _tell(self, method: str, params: Mapping[str, object]) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Mapping[str, object]) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        """The next message for a test; what the server itself asks is answered on the way."""
        assert self._process.stdout is not None
        while True:
            header = b""
            while not header.endswith(b"\r\n\r\n"):
                byte = self._process.stdout.read(1)
                assert byte, "the language server has ended"
                header += byte
            [length] = re.findall(rb"Content-Length: ([0-9]+)", header)
            message: dict[str, Any] = json.loads(self._process.stdout.read(int(length)))
            if "id" not in message or "method" not in message:
                return message
            result = None
            if message["method"] == "workspace/configuration":
                result = [self._settings.get(each["section"], {}) for each in message["params"]["items"]]
            self._send({"id": message["id"], "result": result})


@contextmanager
def started(program: str, schema: Path) -> Iterator[LanguageServer]:
    """A language server that checks against ``schema``; it ends with the block."""
    with subprocess.Popen([program, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield LanguageServer(process, schema)
        finally:
            process.kill()
