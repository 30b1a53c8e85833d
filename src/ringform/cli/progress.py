"""A progress bar on stderr, as one listener to the engine's events."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ringform.execution.events import (
    ApplyStarted,
    CallEnded,
    Event,
    Interrupted,
    Listener,
    ObjectRead,
    ReadingStarted,
    Waiting,
    WaitingForCalls,
)
from ringform.model.messages import listed
from ringform.reports.text.style import safe


@contextmanager
def progress_bar() -> Iterator[Listener]:
    """Show reads and calls as they go. The bar is gone at the end: what stays is the report."""
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        # Data on stdout stays data on stdout, whatever is drawn on stderr meanwhile.
        redirect_stdout=False,
        redirect_stderr=False,
    )
    task = progress.add_task("Connecting", total=None)

    def listen(event: Event) -> None:
        match event:
            case ReadingStarted(total):
                progress.reset(task, total=total, description="Reading", visible=True)
            case ApplyStarted(total):
                progress.reset(task, total=total, description="Applying", visible=True)
            case ObjectRead() | CallEnded():
                progress.advance(task)
            case Waiting(seconds, reason):
                progress.console.print(f"[dim]waiting {seconds:.1f} s: {escape(safe(reason))}[/dim]")
            case WaitingForCalls(numbers):
                busy = listed(number.key for number in numbers)
                progress.console.print(f"[dim]waiting for calls on {escape(safe(busy))} to end[/dim]")
            case Interrupted():
                progress.console.print("Finishing the requests that are under way. Press Ctrl-C again to stop at once.")
            case _:
                pass

    with progress:
        yield listen
