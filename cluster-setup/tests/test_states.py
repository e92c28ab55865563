"""What nodes and master say of themselves, brought together."""
import contextlib
import http.server
import io
import json
import tempfile
import threading
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

from rack import folder, states
from rack.folder import Cluster, Login, Node
from terminal import Failed

_RUNNING = {"active": "active", "sub": "running", "enabled": "enabled"}


def survey(*units: str, **changes: Any) -> dict[str, Any]:
    running = {f"sparkberry-{unit}.service": _RUNNING for unit in units}
    return {"units": running, "throttled": 0, "load": 0.5, "celsius": 48.6, "disk": {"freeMebibytes": 20_480}, **changes}


def worker(host: str, state: str = "ALIVE") -> dict[str, Any]:
    return {"host": host, "state": state, "cores": 4, "coresused": 1, "memory": 2800, "memoryused": 512}


def page(*workers: dict[str, Any], status: str = "ALIVE") -> dict[str, Any]:
    return {"status": status, "workers": list(workers), "activeapps": [{"name": "pi", "cores": 4}]}


class Nodes(unittest.TestCase):
    def setUp(self) -> None:
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        with folder.new(Path(place.name, "c")) as partial:
            folder.fill(partial, Login("pi"), [Node("pi1", "10.0.0.1")], [Node("pi2", "10.0.0.2"), Node("pi3", "10.0.0.3")])
        inventory = Path(place.name, "c/inventory.yml")
        inventory.write_text(inventory.read_text() + "    storage:\n      hosts:\n        nas:\n          ansible_host: 10.0.0.9\n")
        self.cluster = Cluster(Path(place.name, "c"))
        self.surveys: dict[str, Any] = {
            "pi1": survey("master", "history", "watchdog"), "pi2": survey("worker"), "pi3": survey("worker"), "nas": survey(),
        }  # fmt: skip

    def of(self, found: "dict[str, Any] | None") -> states.States:
        with mock.patch.object(states, "ask_master", return_value=found):
            return states.of(self.cluster, self.surveys)

    def notes(self, found: "dict[str, Any] | None") -> dict[str, list[str]]:
        said = self.of(found)
        self.assertFalse(said.is_well)
        return {row["node"]: row["notes"] for row in said.rows if not row["isWell"]}

    def test_all_is_well(self) -> None:
        said = self.of(page(worker("10.0.0.2"), worker("10.0.0.3")))
        self.assertTrue(said.is_well)
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            said.print_text()
        self.assertEqual(
            output.getvalue().splitlines()[:3],
            [
                "  node  address   role    services    cores   memory           load  °C  disk free  note",
                "  pi1   10.0.0.1  master  3 of 3 run  –       –                0.50  49  20.0 GiB",
                "  pi2   10.0.0.2  worker  1 of 1 run  1 of 4  512 of 2800 MiB  0.50  49  20.0 GiB",
            ],
        )
        self.assertIn("master spark://10.0.0.1:7077: ALIVE\napplications: pi on 4 cores\n", output.getvalue())
        self.assertEqual(json.loads(json.dumps(said.as_json()))["nodes"][1]["coresUsed"], 1)

    def test_a_node_that_is_off(self) -> None:
        self.surveys["pi2"] = None
        self.assertEqual(
            self.notes(page(worker("10.0.0.2", "DEAD"), worker("10.0.0.3"))),
            {"pi2": ["cannot be reached", "its worker is not with the master"]},
        )

    def test_a_service_that_does_not_run(self) -> None:
        failed = {"active": "failed", "sub": "failed", "enabled": "enabled"}
        self.surveys["pi1"]["units"]["sparkberry-watchdog.service"] = failed
        self.surveys["pi3"]["units"] = None
        self.assertEqual(
            self.notes(page(worker("10.0.0.2"), worker("10.0.0.3"))),
            {"pi1": ["not running: watchdog"], "pi3": ["not running: worker"]},
        )

    def test_a_worker_that_runs_but_is_not_with_the_master(self) -> None:
        self.assertEqual(self.notes(page(worker("10.0.0.2"))), {"pi3": ["its worker is not with the master"]})

    def test_a_master_that_does_not_answer_or_is_not_alive(self) -> None:
        self.assertEqual(self.of(None).master, "does not answer")
        self.assertFalse(self.of(page(worker("10.0.0.2"), worker("10.0.0.3"), status="RECOVERING")).is_well)

    def test_what_the_firmware_says_is_a_note(self) -> None:
        # Under-voltage and throttled now and since it started; capped since it started.
        self.surveys["pi2"]["throttled"] = 0x70005
        row = next(row for row in self.of(page(worker("10.0.0.2"), worker("10.0.0.3"))).rows if row["node"] == "pi2")
        self.assertEqual(row["notes"], ["under-voltage now", "throttled now", "frequency capped since it started"])
        self.assertTrue(row["isWell"])

    def test_what_a_node_printed(self) -> None:
        self.assertEqual(states.survey('{"load": 1}'), {"load": 1})
        for text in ("", "Traceback", "{", "[1]", "7"):
            self.assertIsNone(states.survey(text))

    def test_who_is_missing_is_said_when_it_was_waited_for_too_long(self) -> None:
        with mock.patch.object(states, "_WORKERS_SECONDS", 0), mock.patch.object(states.time, "sleep"):
            with mock.patch.object(states, "ask_master", return_value=page(worker("10.0.0.2"), worker("10.0.0.3", "DEAD"))):
                with self.assertRaisesRegex(Failed, "the workers on pi3 are not with it after 0 s"):
                    states.await_workers(self.cluster)
            with mock.patch.object(states, "ask_master", return_value=None):
                with self.assertRaisesRegex(Failed, "it does not answer after 0 s"):
                    states.await_workers(self.cluster)
        with mock.patch.object(states, "ask_master", return_value=page(worker("10.0.0.2"), worker("10.0.0.3"))):
            states.await_workers(self.cluster)


class Pages(unittest.TestCase):
    def ask(self, body: bytes) -> Any:
        """The answer of a server that says this on port 8080."""

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            cluster: Any = mock.Mock(page=f"http://127.0.0.1:{server.server_port}")
            found = states.ask_master(cluster)
            server.shutdown()
        return found

    def test_a_master(self) -> None:
        body = json.dumps({"status": "ALIVE", "workers": []}).encode()
        found = self.ask(b"HTTP/1.0 200 OK\r\n\r\n" + body)
        self.assertEqual(found, {"status": "ALIVE", "workers": []})

    def test_somebody_else(self) -> None:
        head = b"HTTP/1.0 200 OK\r\n\r\n"
        for body in (b"ssh-2.0\r\n", b"", head + b"<html>", head + b"[]", head + b"7", head + b'"status"', head + b'{"workers": []}',
                     b"HTTP/1.0 404 Not found\r\n\r\n{}", head + b'{"status": "ALIVE"}', head + b"\xff"):  # fmt: skip
            with self.subTest(body):
                self.assertIsNone(self.ask(body))

    def test_nobody(self) -> None:
        cluster: Any = mock.Mock(page="http://127.0.0.1:9")
        self.assertIsNone(states.ask_master(cluster))


if __name__ == "__main__":
    unittest.main()
