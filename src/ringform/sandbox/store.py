"""The state file: what a sandbox remembers from one run to the next."""

from __future__ import annotations

import glob
import json
import os
import tempfile
import threading
from pathlib import Path
from typing import Any, TypeVar

FORMAT = "ringform-sandbox/1"

_Shape = TypeVar("_Shape")


class StateError(Exception):
    """The state file cannot be read or written; the message is one paragraph for a person."""


class StateFile:
    """A JSON file with mode 0600 that is replaced as a whole at every write.

    The format is stable and made to be read and edited by hand while the sandbox is stopped::

        {
          "format": "ringform-sandbox/1",
          "phone_inc": {
            "counters": {...},        numbers and seed from which new ids are made
            "employees": [...],       as GET /employees gives them
            "main_numbers": [...],    as GET /main_numbers/:id gives them, less number_formatted
            "contacts": [...],        oldest first, less phone_formatted
            "calls": [...]            see ringform.sandbox.phone_inc.account.Call
          },
          "zendesk_talk": {...},      see ringform.sandbox.zendesk_talk.account.Account
          "oneinbox": {...}           see ringform.sandbox.oneinbox.account.Account
        }

    Every vendor has a section under its own name; a file from before a vendor was added lacks that vendor's. A
    record without nested parts takes one line, so that two versions of a file can be compared line by line.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._texts: dict[str, str] = {}

    def load(self) -> dict[str, Any] | None:
        """Return the vendors' sections, or None when there is no file yet.

        What a sandbox that was killed in the middle of a write has left beside the file is removed.
        """
        for left in self.path.parent.glob(f".{glob.escape(self.path.name)}.*.part"):
            left.unlink(missing_ok=True)
        try:
            document = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StateError(f"The sandbox's state file {self.path} cannot be read: {error.strerror}.") from error
        except (ValueError, RecursionError) as error:
            raise StateError(
                f"The sandbox's state file {self.path} is not JSON ({error}). Repair it, or move it away to "
                "start from a fresh account."
            ) from error
        if not isinstance(document, dict) or document.pop("format", None) != FORMAT:
            raise StateError(
                f'The file {self.path} is no state file of the sandbox: it lacks "format": "{FORMAT}". Nothing '
                "was changed; give another path."
            )
        return document

    def save(self, sections: dict[str, Any]) -> None:
        """Replace the file; a reader sees the old one or the new one, never a part.

        Sections that are not given stay as they were saved last, so that whoever saves one vendor's needs no
        other vendor's lock.
        """
        texts = {name: _section(name, section) for name, section in sections.items()}
        with self._lock:
            self._texts |= texts
            members = [f"  {_text('format')}: {_text(FORMAT)}", *self._texts.values()]
            self._replace("{\n" + ",\n".join(members) + "\n}\n")

    def _replace(self, text: str) -> None:
        try:
            # The temporary file stands beside the target, as a rename is atomic only within one file system.
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.", suffix=".part")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                os.replace(name, self.path)
            except BaseException:
                os.unlink(name)
                raise
        except OSError as error:
            raise StateError(f"The sandbox's state file {self.path} cannot be written: {error.strerror}.") from error


def sound(shape: type[_Shape], section: object, name: str) -> _Shape:
    """Check a section of a state file against a dataclass of its records, and build that."""
    # pydantic takes long to import and is needed for this alone.
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(shape).validate_json(json.dumps(section), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or f"the section {name}"
        raise StateError(
            f"The sandbox's state file holds no sound account: {place}: {first['msg']}"
            f" ({error.error_count()} faults in all). Repair it, or move it away to start from a fresh account."
        ) from error


def _section(name: str, section: dict[str, Any]) -> str:
    inner = ",\n".join(f"    {_text(key)}: {_records(item)}" for key, item in section.items())
    return f"  {_text(name)}: {{\n{inner}\n  }}"


def _records(value: object) -> str:
    if not isinstance(value, list) or not value:
        return _text(value)
    return "[\n" + ",\n".join("      " + _record(item) for item in value) + "\n    ]"


def _record(value: object) -> str:
    if isinstance(value, dict) and any(isinstance(part, (dict, list)) for part in value.values()):
        return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n      ")
    return _text(value)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
