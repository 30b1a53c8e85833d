"""Pages in a real browser."""

from __future__ import annotations

import re
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cli.harness import Ringform
from reports.graph.hostile import AS_OF, NASTY, worst
from reports.graph.test_pages import PAGE, Elements

from real.tools import need
from ringform.callflow.pictures import Picture
from ringform.reports.graph import html, svg

pytestmark = pytest.mark.real

ROOT = Path(__file__).resolve().parents[2]
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-default-apps"),
)
ITS_MAKERS = re.compile(r"(.+\.)?(google|googleapis|gvt1)\.com")
"""The hosts that the browser asks by itself, for news of itself."""


def chromium(folder: Path, *arguments: str, proxy: int = 9) -> str:
    """What a run of the browser prints. Whatever it asks for goes to a port of this machine."""
    program = need("chromium", "chromium-browser", "google-chrome")
    profile, way_out = f"--user-data-dir={folder / 'profile'}", f"--proxy-server=127.0.0.1:{proxy}"
    command = [program, *QUIET, profile, way_out, *arguments]
    return subprocess.run(command, capture_output=True, timeout=180, check=True).stdout.decode("utf-8")


@contextmanager
def asked_for() -> Iterator[tuple[int, list[str]]]:
    """The port of a proxy that answers nothing, and the hosts that it has been asked for, while it runs."""
    hosts: list[str] = []

    def listen() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                head = connection.recv(4096).decode("latin-1")
                hosts.extend(re.findall(r"^Host: *([^:\r]+)", head, re.MULTILINE))

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield server.getsockname()[1], hosts
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def hosts_of(page: Path, folder: Path) -> list[str]:
    """The hosts that a browser asks for when it opens a page."""
    with asked_for() as (port, hosts):
        chromium(folder, "--dump-dom", page.as_uri(), proxy=port)
    return [host for host in hosts if not ITS_MAKERS.fullmatch(host)]


def picture_of(page: Path, folder: Path) -> bytes:
    """What a browser shows of a page, as a PNG."""
    target = page.with_suffix(".png")
    chromium(folder, "--window-size=1000,800", "--hide-scrollbars", f"--screenshot={target}", page.as_uri())
    return target.read_bytes()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The page that ``graph`` draws of a manifest."""
    target = tmp_path / "numbers.html"
    manifest = ROOT / "examples" / "quickstart"
    ended = Ringform(tmp_path)("graph", str(manifest), "--report", f"html={target}")
    assert ended.code == 0, ended.err
    return target


def test_the_page_of_a_graph_asks_for_nothing(page: Path, tmp_path: Path) -> None:
    asking = tmp_path / "asking.html"
    asking.write_text('<img src="http://pictures.example.com/x.png">', "utf-8")
    assert hosts_of(asking, tmp_path) == ["pictures.example.com"], "a request would be seen"
    assert hosts_of(page, tmp_path) == []


def test_the_page_of_a_graph_shows_its_picture(page: Path, tmp_path: Path) -> None:
    text = page.read_text("utf-8")
    without = page.with_name("without.html")
    without.write_text(re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL), "utf-8")
    shown, blank = picture_of(page, tmp_path), picture_of(without, tmp_path)
    assert shown.startswith(b"\x89PNG")
    assert len(shown) > 1.5 * len(blank), "boxes, arrows and their texts take room in a PNG, and white does not"


def test_a_browser_takes_hostile_texts_for_texts(tmp_path: Path) -> None:
    drawn = [worst(), Picture("+1", NASTY[3], note=NASTY[4])]
    # Without its policy, so that it is the escaping that is tried.
    page = re.sub(r"<meta http-equiv.*?>", "", html.render(drawn, AS_OF, is_plan=False))
    (tmp_path / "page.html").write_text(page, "utf-8")
    (tmp_path / "picture.svg").write_text(svg.render(drawn, AS_OF, is_plan=False), "utf-8")
    for name in ("page.html", "picture.svg"):
        dumped = Elements(chromium(tmp_path, "--dump-dom", (tmp_path / name).as_uri()))
        assert dumped.names <= PAGE
        assert "document.title = 'owned'</script>" in dumped.text
