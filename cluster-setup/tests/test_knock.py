"""Listeners and knocks on the loopback address: every address of 127.0.0.0/8 answers on Linux."""
import concurrent.futures
import json
import socket
import subprocess
import sys
import time
import unittest
from pathlib import Path
from typing import Any

import knock

_PROGRAM = Path(knock.__file__)
_SETTINGS = {
    "master_port": 7077,
    "master_page_port": 8080,
    "worker_port": 7078,
    "worker_page_port": 8081,
    "executor_port": 7200,
    "history_port": 18080,
    "driver_port": 7300,
    "driver_block_port": 7320,
    "port_tries": 16,
}


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return sorted(each.getsockname()[1] for each in sockets)
    finally:
        for each in sockets:
            each.close()


class Listening(unittest.TestCase):
    def setUp(self) -> None:
        self.port, self.other, self.closed = free_ports(3)
        # As on a node: through standard input, and it returns although somebody listens from then on.
        command = [sys.executable, "-", "listen", "127.0.0.1", str(self.port), str(self.other)]
        command += ["--seconds", "20", "--label", "pi2", "--token", "secret"]
        self.taken = socket.create_server(("127.0.0.1", self.other))
        done = subprocess.run(command, input=_PROGRAM.read_text(), capture_output=True, text=True, timeout=30)
        self.said = json.loads(done.stdout)

    def tearDown(self) -> None:
        self.taken.close()
        knock._send_home("127.0.0.1", self.port, "secret")

    def target(self, port: int, **given: Any) -> dict[str, Any]:
        return {"to": "pi2", "address": "127.0.0.1", "port": port, "listener": True, **given}

    def test_it_says_which_ports_were_taken(self) -> None:
        self.assertEqual(
            (self.said["listening"], self.said["taken"], self.said["failed"]), ([self.port], [self.other], {})
        )

    def test_an_address_that_is_not_here(self) -> None:
        said = knock.listen("pi2", ["192.0.2.1"], [self.closed], 1, "")
        self.assertEqual((said["listening"], said["taken"]), ([], []))
        self.assertIn("192.0.2.1", said["failed"][str(self.closed)])

    def test_who_answers_is_told_by_name(self) -> None:
        said = knock.connect({"targets": [self.target(self.port), self.target(self.closed)]})["knocks"]
        self.assertEqual([(each["result"], each["answeredBy"]) for each in said], [("open", "pi2"), ("refused", None)])
        self.assertLess(said[0]["milliseconds"], 1000 * knock.KNOCK_SECONDS)

    def test_nobody_answers(self) -> None:
        # A queue of connections that is full drops what comes, as a firewall does.
        with socket.socket() as full:
            full.bind(("127.0.0.1", 0))
            full.listen(0)
            waiting = [socket.socket() for _ in range(3)]
            for each in waiting:
                each.setblocking(False)
                each.connect_ex(full.getsockname())
            time.sleep(0.1)
            said = knock.knock(self.target(full.getsockname()[1]), 0.4)
            for each in waiting:
                each.close()
        self.assertEqual(said["result"], "timeout")
        self.assertGreaterEqual(said["milliseconds"], 350)

    def test_another_program_answers(self) -> None:
        said = knock.knock(self.target(self.other))
        self.assertEqual((said["result"], said["answeredBy"]), ("open", None))

    def test_one_clock_agrees_with_itself(self) -> None:
        said = knock.clock(self.target(self.port))
        assert said
        self.assertLess(abs(said["offsetSeconds"]), said["uncertaintySeconds"] + 0.001)
        self.assertLess(said["uncertaintySeconds"], 0.5)

    def test_the_loopback_device_is_fast_and_everybody_gets_a_turn(self) -> None:
        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            said = list(pool.map(knock.speed, [self.target(self.port)] * 3))
        for each in said:
            assert each
            self.assertGreater(min(each["thereMegabits"], each["backMegabits"]), 90)

    def test_it_ends_when_it_is_told_to(self) -> None:
        self.assertTrue(knock._send_home("127.0.0.1", self.port, "secret"))
        self.assertEqual(knock.knock(self.target(self.port))["result"], "refused")

    def test_a_later_listener_takes_its_place(self) -> None:
        self.assertEqual(knock.listen("pi9", ["127.0.0.1"], [self.port], 20, "secret")["listening"], [self.port])
        self.assertEqual(knock.knock(self.target(self.port))["answeredBy"], "pi9")

    def test_it_ends_by_itself(self) -> None:
        knock.listen("pi2", ["127.0.0.1"], [self.closed], 0.5, "")
        deadline = time.monotonic() + 10
        while knock.knock(self.target(self.closed))["result"] == "open" and time.monotonic() < deadline:
            time.sleep(0.2)
        self.assertEqual(knock.knock(self.target(self.closed))["result"], "refused")


class Plans(unittest.TestCase):
    def nodes(self) -> dict[str, Any]:
        roles = {"pi1": ["master"], "pi2": ["workers"], "pi3": ["workers"]}
        return {
            name: {
                "roles": roles[name],
                "settings": _SETTINGS,
                "address": f"10.0.0.{name[-1]}",
                "controlAddress": "10.0.0.9",
                "listener": {
                    "addresses": [f"10.0.0.{name[-1]}"],
                    "taken": [],
                    "listening": knock.ports_to_listen_on(roles[name], _SETTINGS),
                },
            }
            for name in roles
        }

    HERE = {"addresses": ["10.0.0.9"], "listening": [7300, 7316, 7320, 7336], "taken": []}

    def ways(self, plan: dict[str, Any]) -> set[tuple[str, int]]:
        return {(each["to"], each["port"]) for each in plan["targets"]}

    def test_every_way_that_spark_uses_is_tried_and_no_other(self) -> None:
        # Who connects to whom: FACTS.md, "Security of a standalone cluster", and Spark's documentation of its ports.
        plans = knock.plans(self.nodes(), self.HERE)
        to_driver = {(knock.CONTROL, port) for port in (7300, 7316, 7320, 7336)}
        self.assertEqual(self.ways(plans["pi2"]), {("pi1", 7077), ("pi3", 7200), ("pi3", 7216)} | to_driver)
        to_driver -= {(knock.CONTROL, 7320), (knock.CONTROL, 7336)}  # the master fetches no blocks
        self.assertEqual(self.ways(plans["pi1"]), {("pi2", 7078), ("pi3", 7078)} | to_driver)
        workers = {(name, port) for name in ("pi2", "pi3") for port in (8081, 7200, 7216)}
        self.assertEqual(self.ways(plans[knock.CONTROL]), {("pi1", 7077), ("pi1", 8080), ("pi1", 18080)} | workers)

    def test_speed_is_measured_with_the_first_worker_that_has_a_port(self) -> None:
        nodes = self.nodes()
        nodes["pi2"]["listener"] = {"addresses": ["10.0.0.2"], "listening": [], "taken": [7078, 7200, 7216, 8081]}
        plans = knock.plans(nodes, self.HERE)
        self.assertEqual(
            [plans[name]["speeds"] and plans[name]["speeds"][0]["to"] for name in nodes], ["pi3", "pi3", []]
        )

    def test_ports_that_spark_has_taken_are_tried_and_not_asked(self) -> None:
        nodes = self.nodes()
        nodes["pi1"]["listener"] = {"addresses": ["10.0.0.1"], "listening": [], "taken": [7077, 8080, 18080]}
        plans = knock.plans(nodes, self.HERE)
        self.assertEqual([each["listener"] for each in plans["pi2"]["targets"] if each["to"] == "pi1"], [False])
        self.assertEqual([each["to"] for each in plans[knock.CONTROL]["clocks"]], ["pi2", "pi3"])

    def test_a_node_of_which_nothing_is_known_is_left_out(self) -> None:
        nodes = self.nodes()
        nodes["pi3"]["listener"] = None
        plans = knock.plans(nodes, self.HERE)
        self.assertNotIn("pi3", plans)
        self.assertNotIn("pi3", {each["to"] for plan in plans.values() for each in plan["targets"]})


class Putting(unittest.TestCase):
    def control(self, as_root: dict[str, Any], as_user: dict[str, Any]) -> dict[str, Any]:
        node = {"roles": ["workers"], "settings": _SETTINGS}
        way = {"address": "127.0.0.1", "controlAddress": "127.0.0.1", "isTried": True, "ssh": "open"}
        here = {"addresses": ["127.0.0.1"], "listening": [], "taken": [], "token": "x"}
        rack = {"approach": {"nodes": {"pi2": way}, "control": here}, "nodes": {"pi2": node}}
        said = knock.control({**rack, "asRoot": {"pi2": as_root}, "asUser": {"pi2": as_user}, "listen": {"pi2": {}}})
        return dict(said["nodes"]["pi2"])

    def test_a_node_that_answers_root(self) -> None:
        said = self.control({"stdout": '{"hostname": "pi2", "asked": 5.5}'}, {"skipped": True})
        self.assertEqual((said["isReached"], said["isRoot"], said["asked"]), (True, True, 5.5))

    def test_a_node_that_refuses_sudo(self) -> None:
        said = self.control({"failed": True, "msg": "Missing sudo password"}, {"stdout": '{"asked": null}'})
        self.assertEqual((said["isReached"], said["isRoot"]), (True, False))
        self.assertEqual(said["message"], "Missing sudo password")

    def test_a_node_that_is_unreachable_or_talks_nonsense(self) -> None:
        said = self.control({"unreachable": True, "msg": "Permission denied"}, {"skipped": True})
        self.assertEqual((said["isReached"], said["survey"]), (False, None))
        self.assertFalse(self.control({"stdout": "Welcome!"}, {"skipped": True})["isReached"])


if __name__ == "__main__":
    unittest.main()
