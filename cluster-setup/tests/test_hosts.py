"""What ssh says when a node is asked: a line with a cure."""
import contextlib
import io
import json
import subprocess
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

from rack import command, hosts
from rack.folder import Login
from rack.hosts import Answer
from terminal import BadInput

_SURVEY: dict[str, Any] = {
    "hostname": "Pi2.lan", "ramMebibytes": 3791, "cores": 4, "model": "Raspberry Pi 4 Model B Rev 1.4", "processor": "Cortex-A72",
    "architecture": "aarch64", "disk": {"kind": "SD card", "freeMebibytes": 25_000},
    "addresses": [{"address": "10.0.0.2", "wireless": False, "megabits": 1000}],
}  # fmt: skip


def answer(typed: str, address: str, **changes: Any) -> Answer:
    return Answer(typed, address, {**_SURVEY, **changes})


class Asked(unittest.TestCase):
    def ask(self, code: int = 0, stdout: str = "", stderr: str = "", login: Login = Login("pi"), error: Any = None) -> str:
        """What is said of a node on which ssh behaves so."""
        done = subprocess.CompletedProcess([], code, stdout, stderr)
        found = [(2, 1, 6, "", ("10.0.0.2", 0))]
        with (
            mock.patch.object(hosts.socket, "getaddrinfo", return_value=found),
            mock.patch.object(hosts.subprocess, "run", return_value=done, side_effect=error) as self.ssh,
        ):
            said = hosts._ask("pi2.local", login, Path("/c"))
        return said if isinstance(said, str) else f"{said.name} at {said.address}"

    def test_an_answer(self) -> None:
        self.assertEqual(self.ask(stdout=json.dumps(_SURVEY)), "pi2 at 10.0.0.2")

    # The words are those of OpenSSH 9.2, as in readconf.c, ssh.c, sshconnect.c, sshconnect2.c.
    def test_what_ssh_says(self) -> None:
        changed = "@@@@@@@\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.\n"
        for said, expected in {
            "pi@10.0.0.2: Permission denied (publickey,password).": "refuses pi: ssh-copy-id pi@… once, or give --user and --key",
            "No ED25519 host key is known for 10.0.0.2\nHost key verification failed.": "has another host key than before: if"
            " it was installed anew, ssh-keygen -R its address -f known_hosts",
            changed: "has another host key than before: if it was installed anew, ssh-keygen -R its address -f known_hosts",
            "ssh: connect to host 10.0.0.2 port 22: Connection timed out": "cannot be reached (Connection timed out): is it on,"
            " in this network, and is ssh enabled?",
            "ssh: connect to host 10.0.0.2 port 22: No route to host": "cannot be reached (No route to host): is it on, in this"
            " network, and is ssh enabled?",
            "bash: line 1: python3: command not found": "has no python3: sudo apt-get install python3 there",
            "": "it said nothing",
            "Bad owner or permissions on /root/.ssh/config": "Bad owner or permissions on /root/.ssh/config",
        }.items():
            with self.subTest(said):
                self.assertEqual(self.ask(255, stderr=said), f"pi2.local: {expected}")

    def test_what_else_may_be(self) -> None:
        self.assertRegex(self.ask(stdout="Welcome!\n{}"), "does its shell print words at login")
        self.assertRegex(self.ask(error=subprocess.TimeoutExpired("ssh", 60)), "does not answer within 60 s: is it still starting")
        with mock.patch.object(hosts.socket, "getaddrinfo", side_effect=OSError):
            self.assertRegex(str(hosts._ask("pi9.local", Login("pi"), Path("/c"))), "^pi9.local: unknown name: .* Give its address")

    def test_a_node_that_is_new_may_be_new_and_a_known_one_must_be_the_same(self) -> None:
        self.ask(1)
        self.assertIn("StrictHostKeyChecking=accept-new", self.ssh.call_args.args[0])
        self.ask(1, login=Login("pi", "/key", "/known"))
        words = self.ssh.call_args.args[0]
        self.assertIn("StrictHostKeyChecking=yes", words)
        self.assertIn("IdentitiesOnly=yes", words)

    def test_all_that_do_not_answer_are_named(self) -> None:
        said = io.StringIO()
        with mock.patch.object(hosts, "_ask", lambda name, *_: f"{name}: is off"), contextlib.redirect_stderr(said):
            with self.assertRaisesRegex(BadInput, "^2 of 2 nodes did not answer as they should: nothing was changed$"):
                hosts.ask(["pi1", "pi2"], Login("pi"), Path("/c"))
        self.assertEqual(said.getvalue(), "sparkberry: pi1: is off\nsparkberry: pi2: is off\n")


class Answers(unittest.TestCase):
    def test_in_words(self) -> None:
        self.assertEqual(
            answer("x", "10.0.0.2").node.note,
            "Raspberry Pi 4 Model B Rev 1.4, 4 cores, 3791 MiB, SD card with 24 GiB free, cable 1000 Mbit/s",
        )
        wireless = [{"address": "10.0.0.2", "wireless": True, "megabits": None}]
        self.assertRegex(answer("x", "10.0.0.2", addresses=wireless).node.note, "free, Wi-Fi$")

    def test_what_a_node_does_not_know_is_left_out(self) -> None:
        bare = answer("pi7.local", "10.0.0.2", model=None, disk=None, addresses=None, hostname=None)
        self.assertEqual((bare.node.name, bare.node.note), ("pi7", "Cortex-A72, 4 cores, 3791 MiB"))
        self.assertFalse(answer("x", "10.0.0.2", ramMebibytes=None).may_work)

    def share(self, *answers: Answer, **given: Any) -> tuple[list[str], list[str]]:
        options: Any = mock.Mock(**{"master": None, "master_works": False, **given})
        masters, workers = command._shared_out(options, list(answers))
        return [each.name for each in masters], [each.name for each in workers]

    def test_the_first_that_is_large_enough_is_the_master(self) -> None:
        small, large = answer("a", "10.0.0.1", hostname="pi1", ramMebibytes=906), answer("b", "10.0.0.2")
        self.assertEqual(self.share(small, large), (["pi2"], ["pi1"]))
        self.assertEqual(self.share(small, large, master_works=True), (["pi2"], ["pi2", "pi1"]))
        self.assertEqual(self.share(small, large, master="a"), (["pi1"], ["pi2"]))
        self.assertEqual(self.share(large), (["pi2"], ["pi2"]))
        named = answer("c", "10.0.0.3", hostname="master")
        self.assertEqual(self.share(named, large), (["master"], ["pi2"]))

    def test_what_cannot_be_shared_out(self) -> None:
        pi2 = answer("pi2.local", "10.0.0.2")
        small = answer("pi3.local", "10.0.0.3", hostname="pi3", ramMebibytes=906)
        for answers, said in (
            ((pi2, answer("10.0.0.2", "10.0.0.2")), "pi2.local and 10.0.0.2 are the same node at 10.0.0.2: name it once"),
            ((pi2, answer("pi3.local", "10.0.0.3")), "pi2.local and pi3.local are both called pi2: give each its own name first"),
            ((pi2, answer("z", "10.0.0.4", hostname="zero", ramMebibytes=427)), "z has 427 MiB of memory, too few for Spark"),
            ((small,), "no node has the 4 GB of memory that a master should have"),
            ((pi2, answer("x", "10.0.0.4", hostname="localhost")), "x is called localhost, which Ansible takes for something else"),
            ((pi2, answer("x", "10.0.0.4", hostname="master")), "x is called master, which Ansible takes for something else"),
            ((pi2, answer("x", "10.0.0.4", hostname="007")), "x is called 007, which Ansible takes for something else"),
        ):
            with self.subTest(said), self.assertRaises(BadInput) as caught:
                self.share(*answers)
            self.assertTrue(str(caught.exception).startswith(said), str(caught.exception))
        with self.assertRaisesRegex(BadInput, "^--master: pi9 is not among the nodes: name one of them$"):
            self.share(pi2, master="pi9")


if __name__ == "__main__":
    unittest.main()
