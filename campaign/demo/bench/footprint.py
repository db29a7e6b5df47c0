"""What the whole stack needs while nobody uses it."""

import json
from collections.abc import Callable
from pathlib import Path

import psutil
from django.conf import settings

from campaign.demo.bench.figures import Figure, Findings, Missing

PSS_MB = 600


def _owner() -> int | None:
    """The process of a running ``up``, from the note it leaves in its folder."""
    for note in [Path(settings.XIANFENG_HOME) / "servers.json"]:
        try:
            told = json.loads(note.read_text())
        except (OSError, ValueError):
            continue
        if (
            isinstance(told, dict)
            and str(told.get("command", "")).startswith("up")
            and psutil.pid_exists(int(told["pid"]))
        ):
            return int(told["pid"])
    return None


def idle() -> Findings:
    """Summed proportional set size of ``up`` and everything it started: web, worker, beat, database, broker."""
    owner = _owner()
    if owner is None:
        return [Missing("idle memory", "`up` is not running with this XIANFENG_HOME")]
    top = psutil.Process(owner)
    processes = [top, *top.children(recursive=True)]
    total = sum(process.memory_full_info().pss for process in processes)
    return [Figure("idle memory of the whole stack", total / 1e6, "MB", PSS_MB, note=f"{len(processes)} processes")]


ALL: dict[str, Callable[[], Findings]] = {"idle": idle}
