#!/usr/bin/python3
"""Looks after the master: what counts is that it says ALIVE, not that its process runs.

A master whose recovery files are torn (a power cut while they were written) stays STANDBY, or ends again and again; one
that hangs answers nothing. The first two get an empty state, the torn one is kept beside it for whoever wants to look;
the third is restarted and keeps its state.
"""
from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import time
from http.client import HTTPException
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

UNIT = "sparkberry-master.service"
_LOOK_SECONDS = 2.0
_ANSWER_SECONDS = 5.0
_HANG_SECONDS = 60.0
_RECOVERY_MARGIN_SECONDS = 30.0
_MOST_STARTS = 3  # without being ALIVE in between


class Judge:
    """What is to be done, from what is seen; it has no clock and starts nothing."""

    def __init__(self, start_seconds: float, torn_seconds: float, worker_timeout_seconds: float) -> None:
        self._start = start_seconds
        self._torn = torn_seconds
        # A master that recovers waits so long for workers that are gone.
        self._recovering = worker_timeout_seconds + _RECOVERY_MARGIN_SECONDS
        self._status = ""
        self._since = 0.0
        self._process = 0
        self._starts = 0
        self._was_alive = False

    def judge(self, now: float, process: int, status: str | None) -> tuple[str, str]:
        """What to do ("wait", "restart", "heal") and why.

        process: the master's, 0 if there is none at the moment; status: as its page says, none if it does not answer.
        """
        if process != self._process and process != 0:
            self._process = process
            self._starts += 1
            self._was_alive = False
            self._status, self._since = "", now
        seen = status or "no answer"
        if seen != self._status:
            self._status, self._since = seen, now
        if seen == "ALIVE":
            self._starts = 0
            self._was_alive = True
            return "wait", ""
        if self._starts > _MOST_STARTS:
            return "heal", f"it has started {self._starts - 1} times and ended before it was ALIVE"
        limit, action = self._limit(seen)
        if now - self._since > limit:
            return action, f"it has been in state '{seen}' for {now - self._since:.0f} s"
        return "wait", ""

    def _limit(self, seen: str) -> tuple[float, str]:
        if seen == "no answer":
            return (_HANG_SECONDS, "restart") if self._was_alive else (self._start, "heal")
        if seen == "STANDBY":
            return self._torn, "heal"
        return self._recovering, "heal"

    def forget(self) -> None:
        """A new beginning."""
        self._process, self._starts, self._was_alive, self._status = 0, 0, False, ""


def show() -> dict[str, str]:
    words = ["systemctl", "show", UNIT, "--property=ActiveState,MainPID"]
    text = subprocess.run(words, capture_output=True, text=True, timeout=20).stdout
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)


def ask(page: str) -> str | None:
    try:
        with build_opener(ProxyHandler({})).open(page, timeout=_ANSWER_SECONDS) as answer:
            return str(json.load(answer)["status"])
    except (OSError, ValueError, KeyError, TypeError, HTTPException):
        return None


def heal(recovery: Path) -> None:
    subprocess.run(["systemctl", "stop", UNIT], timeout=60)
    torn = recovery.with_name(recovery.name + ".torn")
    if recovery.exists():  # else an earlier time ended here
        shutil.rmtree(torn, ignore_errors=True)
        recovery.rename(torn)
    owner = torn.stat()
    recovery.mkdir(mode=0o700)
    os.chown(recovery, owner.st_uid, owner.st_gid)
    subprocess.run(["systemctl", "start", UNIT], timeout=60)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--page", required=True)
    options.add_argument("--recovery", type=Path, required=True)
    options.add_argument("--start-seconds", type=float, required=True)
    options.add_argument("--torn-seconds", type=float, required=True)
    options.add_argument("--worker-timeout-seconds", type=float, required=True)
    given = options.parse_args()
    judge = Judge(given.start_seconds, given.torn_seconds, given.worker_timeout_seconds)
    while True:
        time.sleep(_LOOK_SECONDS)
        unit = show()
        if unit.get("ActiveState") in ("inactive", "deactivating"):  # somebody has stopped it
            judge.forget()
            continue
        action, why = judge.judge(time.monotonic(), int(unit.get("MainPID", 0)), ask(given.page))
        if action == "wait":
            continue
        # An empty state cannot be torn: something else is wrong, such as a port that is taken.
        if action == "heal" and given.recovery.is_dir() and not any(given.recovery.iterdir()):
            action = "restart"
        print(f"{action}: {why}", flush=True)
        if action == "heal":
            heal(given.recovery)
        else:
            subprocess.run(["systemctl", "restart", UNIT], timeout=60)
        judge.forget()


if __name__ == "__main__":
    main()
