"""A line for each step: what it is, on how many nodes it changed something, and for each failure why."""
from __future__ import annotations

import threading
import time

from ansible import constants
from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: rows
type: stdout
short_description: A line for each step
description: A line for each step that changed something or failed, with the nodes.
"""


_SIGN_OF_LIFE_SECONDS = 10
_MOST_LETTERS = 600


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "rows"

    def __init__(self) -> None:
        super().__init__()
        self._start = time.monotonic()
        self._step = ""
        self._changed: list[str] = []
        self._failed: list[tuple[str, str]] = []
        self._details: list[str] = []
        self._done = 0
        self._step_start = self._start
        threading.Thread(target=self._show_progress, daemon=True).start()

    def _show_progress(self) -> None:
        while True:
            time.sleep(1)
            step, seconds = self._step, time.monotonic() - self._step_start
            if step and seconds > 1 and int(seconds) % _SIGN_OF_LIFE_SECONDS == 0:
                self._say(f"{step} … ({self._done} {'node' if self._done == 1 else 'nodes'} done)")

    def v2_playbook_on_play_start(self, play) -> None:
        self._end_step()

    def v2_playbook_on_task_start(self, task, is_conditional) -> None:
        self._end_step()
        self._step = task.get_name().split(" : ")[-1]
        self._step_start = time.monotonic()
        self._done = 0

    v2_playbook_on_handler_task_start = lambda self, task: self.v2_playbook_on_task_start(task, False)  # noqa: E731

    def v2_runner_on_skipped(self, result) -> None:
        self._done += 1

    def v2_runner_on_ok(self, result) -> None:
        self._done += 1
        if result.is_changed():
            self._changed.append(result._host.get_name())
            paths = result._result.get("paths")
            self._details += [f"{result._host.get_name()}: {path}" for path in paths] if paths and self.check_mode() else []
        if result._task.action in ("debug", "ansible.builtin.debug") and "msg" in result._result:
            self._say(result._result["msg"], constants.COLOR_WARN)

    def v2_runner_on_failed(self, result, ignore_errors=False) -> None:
        if not ignore_errors:
            self._failed.append((result._host.get_name(), _reason(result._result)))

    def v2_runner_on_unreachable(self, result) -> None:
        self._failed.append((result._host.get_name(), "cannot be reached: " + _reason(result._result)))

    def v2_playbook_on_no_hosts_matched(self) -> None:
        pass

    def v2_playbook_on_stats(self, stats) -> None:
        self._end_step()
        changed = sum(stats.changed.values())
        would = "would change" if self.check_mode() else "changed"
        self._say(f"{changed} {'thing' if changed == 1 else 'things'} {would}")

    def check_mode(self) -> bool:
        from ansible import context

        return bool(context.CLIARGS.get("check"))

    def _end_step(self) -> None:
        if self._changed:
            self._say(f"{self._step}: {', '.join(sorted(self._changed))}")
        for detail in self._details:
            self._display.display(f"           {detail}")
        for host, reason in self._failed:
            self._display.display(f"sparkberry: {host}: {self._step}: {reason}", color=constants.COLOR_ERROR, stderr=True)
        self._changed, self._details, self._failed, self._step = [], [], [], ""

    def _say(self, words: str, color: str | None = None) -> None:
        self._display.display(f"{time.monotonic() - self._start:5.0f} s  {words}", color=color)


def _reason(result: dict) -> str:
    """What went wrong there, in one line."""
    if result.get("censored"):
        return "failed (what was said is hidden, since it may hold the secret; --verbose does not show it either)"
    failed = [item for item in result.get("results") or [] if item.get("failed") or item.get("unreachable")]
    if failed:  # of a loop, which itself only says that there was something
        return "; ".join(dict.fromkeys(map(_reason, failed)))
    if result.get("module_stderr"):  # its message only says where else to look
        return _short(str(result["module_stderr"]).strip().splitlines()[-1])
    texts = [result.get(key) for key in ("msg", "stderr", "stdout")]
    return _short(" ".join(str(text) for text in texts[:2] if text) or str(texts[2] or "failed"))


def _short(said: str) -> str:
    """In one line; where it is long its end, which is where programs say what was wrong."""
    words = " ".join(said.split())
    return words if len(words) <= _MOST_LETTERS else f"{words[:200]} … {words[200 - _MOST_LETTERS:]}"
