"""A run as metrics in Prometheus' text format, for the textfile collector of its node exporter."""

from __future__ import annotations

from collections.abc import Iterator

from ringform.model.diagnostic import Severity
from ringform.model.run import Run
from ringform.reports.text.style import safe

_LAST_SUCCESS = "ringform_last_success_timestamp_seconds"


def render(run: Run) -> str:
    """Return the metrics of a run; those of success only if it is one (see ``with_last_success``)."""
    labels = {"command": run.command, "manifest": " ".join(run.paths)}
    ended = f"{run.ended_at.timestamp():.0f}"
    samples: list[tuple[str, str, dict[str, str], str]] = [
        ("ringform_exit_code", "Exit code of the latest run.", labels, str(run.exit_code)),
        ("ringform_run_timestamp_seconds", "When the latest run ended.", labels, ended),
    ]
    if run.is_success:
        samples.append((_LAST_SUCCESS, "When the latest run with exit code 0 or 2 ended.", labels, ended))
    samples += [
        (
            "ringform_findings",
            "Problems found, by severity.",
            {**labels, "severity": severity},
            str(run.count(severity)),
        )
        for severity in Severity
    ]
    samples += [
        ("ringform_objects", "Objects, by what the plan does with them.", {**labels, "action": action}, str(count))
        for action, count in run.objects.items()
    ]
    samples += [
        (
            "ringform_calls",
            "Calls that change the account, by how they ended.",
            {**labels, "status": status},
            str(count),
        )
        for status, count in run.calls.items()
    ]
    return "\n".join(_lines(samples))


def with_last_success(report: str, earlier: str) -> str:
    """Return a report of a failed run with the last success from the one before it, if that is of the same command."""
    labels = report.partition("ringform_exit_code{")[2].partition("}")[0]
    if _LAST_SUCCESS in report or f"{_LAST_SUCCESS}{{{labels}}}" not in earlier:
        return report
    return "\n".join([report, *(line for line in earlier.splitlines() if _LAST_SUCCESS in line)])


def _lines(samples: list[tuple[str, str, dict[str, str], str]]) -> Iterator[str]:
    described = ""
    for name, help_, labels, value in samples:
        if name != described:
            yield f"# HELP {name} {help_}"
            yield f"# TYPE {name} gauge"
            described = name
        pairs = ",".join(f'{label}="{_value(text)}"' for label, text in labels.items())
        yield f"{name}{{{pairs}}} {value}"


def _value(text: str) -> str:
    """Return a label's value (Prometheus, "Exposition formats": backslashes and quotation marks are escaped)."""
    # The format has no escapes for hidden characters; one that people read stands for them.
    return safe(text).replace("\\", "\\\\").replace('"', '\\"')
