from __future__ import annotations

import threading
import time
from collections.abc import Callable

import httpx
import pytest
from support.held import let_go

from ringform.sandbox.faults import Fault, FaultControl, Faults
from ringform.sandbox.phone_inc.example import SALES
from ringform.sandbox.server import Sandbox

from .conftest import client

NUMBER = f"/main_numbers/{SALES}"


def rename(api: httpx.Client, name: str) -> httpx.Response:
    return api.patch(NUMBER, json={"name": name})


def name_of(sandbox: Sandbox) -> str:
    return sandbox.account.main_number(SALES).name


@pytest.mark.parametrize("status", [500, 503])
def test_an_error_has_no_effect(sandbox: Sandbox, api: httpx.Client, status: int) -> None:
    sandbox.faults.script(Fault.error(status))
    assert rename(api, "New").status_code == status
    assert name_of(sandbox) == "Sales"
    assert sandbox.faults.pending == 0
    assert rename(api, "New").status_code == 200


def test_an_error_after_the_effect(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults.script(Fault.error(500, effect=True))
    assert rename(api, "New").status_code == 500
    assert name_of(sandbox) == "New"


def test_a_refusal(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults.script(Fault.invalid({"name": ["is funny"]}))
    response = rename(api, "New")
    assert (response.status_code, response.json()) == (422, {"errors": {"name": ["is funny"]}})


@pytest.mark.parametrize(
    ("given", "header"), [(None, None), (3, "3"), ("soon", "soon"), ("Wed, 21 Oct 2026 07:28:00 GMT",) * 2]
)
def test_too_many_requests(sandbox: Sandbox, api: httpx.Client, given: float | str | None, header: str | None) -> None:
    sandbox.faults.script(Fault.too_many_requests(given))
    response = rename(api, "New")
    assert response.status_code == 429
    assert response.headers.get("Retry-After") == header


@pytest.mark.parametrize("status", [200, 502])
def test_a_web_page(sandbox: Sandbox, api: httpx.Client, status: int) -> None:
    sandbox.faults.script(Fault.html(status))
    response = api.get(NUMBER)
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert response.text.startswith("<!DOCTYPE html>")


def test_a_truncated_body(sandbox: Sandbox, api: httpx.Client) -> None:
    whole = api.get(NUMBER).content
    sandbox.faults.script(Fault.truncated())
    response = api.get(NUMBER)
    assert response.status_code == 200
    assert response.content == whole[: len(whole) // 2]
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        response.json()


def test_a_wrong_content_type(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults.script(Fault.content_type("text/plain"))
    response = api.get(NUMBER)
    assert response.headers["content-type"] == "text/plain"
    assert response.json()["name"] == "Sales"


def test_a_redirect(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults.script(Fault.redirect("http://127.0.0.1:9/elsewhere", 307))
    response = api.get(NUMBER)
    assert (response.status_code, response.headers["location"]) == (307, "http://127.0.0.1:9/elsewhere")


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_huge_body(sandbox: Sandbox, api: httpx.Client, gzipped: bool) -> None:
    sandbox.faults.script(Fault.huge(3, gzipped=gzipped))
    response = api.get(NUMBER)
    assert len(response.content) == 3_000_002
    assert (int(response.headers["content-length"]) < 10_000) == gzipped


def test_a_delay(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults.script(Fault(delay=0.2))
    started = time.monotonic()
    assert rename(api, "New").status_code == 200
    assert time.monotonic() - started >= 0.2


def test_a_delay_holds_up_nobody_else(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults.script(Fault(delay=300), method="PATCH")
    with pytest.raises(httpx.ReadTimeout):
        api.patch(NUMBER, json={"name": "New"}, timeout=0.05)
    assert api.get(NUMBER, timeout=60).json()["name"] == "Sales"


def test_a_request_is_held_until_it_is_let_go(sandbox: Sandbox, api: httpx.Client) -> None:
    answer = threading.Event()
    sandbox.faults.script(Fault(until=answer), method="PATCH")
    with pytest.raises(httpx.ReadTimeout):
        api.patch(NUMBER, json={"name": "New"}, timeout=0.05)
    assert name_of(sandbox) == "Sales"
    let_go(sandbox, answer)
    assert name_of(sandbox) == "New", "whether or not anybody waits for the answer"


def test_a_drop_before_the_effect(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults.script(Fault(drop="before"))
    with pytest.raises(httpx.RemoteProtocolError, match="disconnected without sending a response"):
        rename(api, "New")
    assert name_of(sandbox) == "Sales"
    assert sandbox.requests[-1].status is None
    assert rename(api, "New").status_code == 200


def test_a_drop_after_the_effect(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults.script(Fault(drop="after"))
    with pytest.raises(httpx.RemoteProtocolError, match="disconnected without sending a response"):
        rename(api, "New")
    assert name_of(sandbox) == "New"


def test_a_drop_within_the_answer(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults.script(Fault(drop="midway"))
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        rename(api, "New")
    assert name_of(sandbox) == "New"


def test_the_server_stores_something_else(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults.script(Fault(stores=lambda body: {**body, "name": "Other"}), method="PATCH")
    assert rename(api, "New").json()["name"] == "Other"
    assert name_of(sandbox) == "Other"
    assert sandbox.requests[-1].body == {"name": "New"}


def test_somebody_else_changes_it_meanwhile(sandbox: Sandbox, api: httpx.Client) -> None:
    def somebody() -> None:
        sandbox.account.edit_main_number(SALES, name="Theirs")

    sandbox.faults.script(Fault(meanwhile=somebody))
    assert rename(api, "Mine").json()["name"] == "Mine"
    assert api.get(NUMBER).json()["name"] == "Theirs"


def test_scripts_pick_their_requests(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults.script(Fault.error(500), at=2, method="PATCH", path=rf"{SALES}$")
    sandbox.faults.script(Fault.error(503), at=3, times=2, path=r"/employees")
    sandbox.faults.script(Fault.error(502), at=2, times=None, path=r"/calls")
    assert sandbox.faults.pending == 3
    assert [rename(api, "New").status_code for _ in range(3)] == [200, 500, 200]
    assert api.get(NUMBER).status_code == 200
    assert [api.get("/employees").status_code for _ in range(6)] == [200, 200, 503, 503, 200, 200]
    assert [api.get("/calls").status_code for _ in range(4)] == [200, 502, 502, 502]
    assert sandbox.faults.pending == 0
    sandbox.faults.clear()
    assert api.get("/calls").status_code == 200


def test_the_first_script_that_is_due_goes_first(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults.script(Fault.error(500))
    sandbox.faults.script(Fault.error(503))
    assert [api.get("/calls").status_code for _ in range(3)] == [500, 503, 200]


def test_latency() -> None:
    with Sandbox(faults=Faults(latency_ms=120)) as sandbox, client(sandbox) as api:
        started = time.monotonic()
        assert api.get(NUMBER).status_code == 200
        assert time.monotonic() - started >= 0.12


def test_a_rate_limit_can_answer_as_nginx_does() -> None:
    with Sandbox(faults=Faults(rate_limit=1, rate_limit_status=503)) as sandbox, client(sandbox) as api:
        answers = [api.get("/employees") for _ in range(3)]
    refused = next(answer for answer in answers if answer.status_code != 200)
    assert refused.status_code == 503
    assert "retry-after" not in refused.headers
    assert refused.headers["content-type"].startswith("text/html")


def test_the_rate_limit() -> None:
    with Sandbox(faults=Faults(rate_limit=2)) as sandbox, client(sandbox) as api:
        answers = [rename(api, f"N{number}") for number in range(8)]
        statuses = [answer.status_code for answer in answers]
        assert statuses[:2] == [200] * 2
        assert statuses[-1] == 429
        assert answers[-1].headers["Retry-After"] == "1"
        assert answers[-1].json() == {"error": "Rate limit exceeded"}
        time.sleep(0.6)
        assert rename(api, "Later").status_code == 200


def test_a_slow_rate_names_a_long_wait() -> None:
    control = FaultControl(Faults(rate_limit=0.1))
    first, second = control.take("GET", "/"), control.take("GET", "/")
    assert first.answer is None
    assert second == Fault.too_many_requests(10)


def outcomes(faults: Faults, requests: int) -> list[str]:
    with Sandbox(faults=faults) as sandbox, client(sandbox) as api:
        seen = []
        for number in range(requests):
            try:
                status = str(rename(api, f"N{number}").status_code)
            except httpx.RemoteProtocolError:
                status = "dropped"
            effect = name_of(sandbox) == f"N{number}"
            seen.append(f"{status} {'with' if effect else 'without'} effect")
        return seen


def test_random_errors_come_before_any_effect() -> None:
    seen = outcomes(Faults(error_rate=0.5, seed=1), 60)
    assert set(seen) == {"200 with effect", "500 without effect", "503 without effect"}
    assert 15 < seen.count("200 with effect") < 45


def test_random_drops_come_before_and_after_the_effect() -> None:
    seen = outcomes(Faults(drop_rate=0.5, seed=1), 60)
    assert set(seen) == {"200 with effect", "dropped with effect", "dropped without effect"}


def test_a_seed_repeats_the_sequence() -> None:
    faults = Faults(error_rate=0.2, drop_rate=0.2, seed=7)
    first = outcomes(faults, 30)
    assert first == outcomes(faults, 30)
    assert first != outcomes(Faults(error_rate=0.2, drop_rate=0.2, seed=8), 30)


def test_faults_can_change_while_it_runs(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.faults.use(Faults(error_rate=1))
    assert api.get(NUMBER).status_code in (500, 503)
    sandbox.faults.use(Faults())
    assert api.get(NUMBER).status_code == 200


@pytest.mark.parametrize(
    "make",
    [
        lambda: Faults(latency_ms=-1),
        lambda: Faults(rate_limit=0),
        lambda: Faults(error_rate=1.1),
        lambda: Faults(drop_rate=-0.1),
    ],
)
def test_impossible_faults_are_refused(make: Callable[[], Faults]) -> None:
    with pytest.raises(ValueError, match="must"):
        make()
