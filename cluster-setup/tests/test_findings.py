"""Each planted fault gives exactly its finding, and a healthy rack none."""
import contextlib
import copy
import io
import json
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rack import findings
from rack.checks import clocks
from rack.checks.seen import CONTROL, Finding, Node

# Recorded on 30 November 2026 on four virtual Pis on which `up` had run: Spark's master and workers were at work.
_VIRTUAL = json.loads((Path(__file__).parent / "virtual-rack.json").read_text())

Report = dict[str, Any]


def virtual_rack() -> Report:
    return copy.deepcopy(_VIRTUAL)


def pi_rack() -> Report:
    """Three real boards before anything is installed, all in order, with SSDs.

    Made by hand. Models: the device trees' words, as dmesg prints them (geerlingguy/sbc-reviews issue 21 has a Pi 5).
    Memory: `free` says 906 MB on a 3B+ of 64 bits and 7.9 GiB on a Pi 5 of 8 GB (raspberrypi/rpi-eeprom issue 797);
    a Pi 4 of 4 GB has 3791 MiB (inventory.example.yml). Governor and driver: Raspberry Pi OS (64-bit), bookworm.
    """
    settings = {**_VIRTUAL["settings"], "data_folder": "/mnt/ssd/sparkberry"}
    boards = {
        "pi1": ("Raspberry Pi 5 Model B Rev 1.0", 8062, 1000, "master"),
        "pi2": ("Raspberry Pi 4 Model B Rev 1.4", 3791, 1000, "workers"),
        "pi3": ("Raspberry Pi 3 Model B Plus Rev 1.3", 906, 1000, "workers"),
    }
    nodes = {}
    for number, (name, (model, ram, megabits, role)) in enumerate(boards.items(), 1):
        address = f"192.168.1.{10 + number}"
        nodes[name] = {
            "host": address,
            "sshHost": address,
            "sshPort": 22,
            "user": "pi",
            "roles": [role],
            "settings": dict(settings),
            "address": address,
            "controlAddress": "192.168.1.5",
            "ssh": "open",
            "isTried": True,
            "isReached": True,
            "isRoot": True,
            "message": "",
            "asked": 1000.0,
            "received": 1003.0,
            "listener": {"addresses": [address], "listening": [7078, 7200, 7216, 8081], "taken": [], "failed": {}},
            "survey": {
                "hostname": name,
                "machineId": f"{number:032x}",
                "architecture": "aarch64",
                "userlandBits": 64,
                "packageArchitecture": "arm64",
                "kernel": "6.12.47+rpt-rpi-v8",
                "python": "3.11.2",
                "os": {
                    "id": "debian",
                    "version": "12",
                    "codename": "bookworm",
                    "name": "Debian GNU/Linux 12 (bookworm)",
                },
                "model": model,
                "isPi": True,
                "container": False,
                "cores": 4,
                "ramMebibytes": ram,
                "swap": {"mebibytes": 0, "kinds": []},
                "memoryCgroup": True,
                "disk": {
                    "folder": "/mnt/ssd/sparkberry",
                    "mount": "/mnt/ssd",
                    "kind": "SSD",
                    "freeMebibytes": 200_000,
                    "totalMebibytes": 228_000,
                },
                "rootDisk": {
                    "folder": "/",
                    "mount": "/",
                    "kind": "SD card",
                    "freeMebibytes": 25_000,
                    "totalMebibytes": 29_000,
                },
                "addresses": [
                    _interface("eth0", address, megabits=megabits),
                    _interface("eth0", f"fe80::{number}", prefix=64, megabits=megabits),
                ],
                "hosts": [["127.0.0.1", ["localhost"]], ["::1", ["localhost", "ip6-localhost"]], ["127.0.1.1", [name]]],
                "listening": [_listening("0.0.0.0", 22, "sshd", "root", "ssh.service")],
                "firewalls": [],
                "java": {"path": "/usr/bin/java", "major": 17, "version": "17.0.13"},
                "units": {},
                "throttled": 0,
                "celsius": 48.3,
                "governor": "ondemand",
                "governorDriver": "cpufreq-dt",
                "timeSynchronised": True,
                "time": 1001.4,
            },
        }
    report = {
        "report": 1,
        "settings": settings,
        "nodes": nodes,
        "control": {"hostname": "laptop", "addresses": ["192.168.1.5"]},
    }
    report["control"]["secretMode"] = "0600"
    _knock_everywhere(report)
    return report


def _interface(name: str, address: str, **given: Any) -> dict[str, Any]:
    return {
        "interface": name,
        "address": address,
        "prefix": 24,
        "wireless": False,
        "megabits": 1000,
        "up": True,
        **given,
    }


def _listening(address: str, port: int, process: str, user: str, unit: str | None) -> dict[str, Any]:
    return {
        "protocol": "tcp",
        "address": address,
        "port": port,
        "process": process,
        "pid": 99,
        "user": user,
        "unit": unit,
    }


def _knock_everywhere(report: Report) -> None:
    def open_to(name: str, *ports: int) -> list[dict[str, Any]]:
        address = report["nodes"][name]["address"] if name != CONTROL else "192.168.1.5"
        given = {"to": name, "address": address, "use": "", "listener": True, "result": "open", "answeredBy": name}
        return [{**given, "port": port, "milliseconds": 0.4} for port in ports]

    def ask(clock: float, speed: dict[str, Any] | None, *knocks: list[dict[str, Any]]) -> dict[str, Any]:
        clocks = [{"to": CONTROL, "offsetSeconds": clock, "uncertaintySeconds": 0.0003}]
        return {"knocks": copy.deepcopy(sum(knocks, [])), "clocks": clocks, "speeds": [speed] if speed else []}

    to_driver = open_to(CONTROL, 7300, 7316, 7320, 7336)
    fast = {"to": "pi2", "thereMegabits": 938.0, "backMegabits": 936.0}
    slow = {"to": "pi2", "thereMegabits": 228.0, "backMegabits": 232.0}  # a 3B+'s, behind USB 2
    nodes = report["nodes"]
    nodes["pi1"]["tried"] = ask(-0.004, fast, open_to("pi2", 7078), open_to("pi3", 7078), to_driver)
    nodes["pi2"]["tried"] = ask(0.002, None, open_to("pi1", 7077), open_to("pi3", 7200, 7216), to_driver)
    nodes["pi3"]["tried"] = ask(0.001, slow, open_to("pi1", 7077), open_to("pi2", 7200, 7216), to_driver)
    knocks = open_to("pi1", 7077, 8080, 18080) + open_to("pi2", 7200, 7216, 8081) + open_to("pi3", 7200, 7216, 8081)
    report["control"]["tried"] = {"knocks": knocks, "clocks": [], "speeds": []}


def _close(report: Report, source: str, to: str, *ports: int, result: str = "timeout") -> None:
    asker = report["control"] if source == CONTROL else report["nodes"][source]
    for each in asker["tried"]["knocks"]:
        if each["to"] == to and each["port"] in ports:
            each.update(result=result, answeredBy=None)


def _clock(report: Report, node: str, offset: float, uncertainty: float = 0.0003) -> None:
    report["nodes"][node]["tried"]["clocks"] = [
        {"to": CONTROL, "offsetSeconds": -offset, "uncertaintySeconds": uncertainty}
    ]


def _units(report: Report, node: str) -> None:
    running = {"active": "active", "sub": "running", "enabled": "enabled"}
    report["nodes"][node]["survey"]["units"] = {"sparkberry-worker.service": running}


class FindingsCase(unittest.TestCase):
    def assert_finds(
        self,
        change: Callable[[Report], object],
        severity: str,
        node: str,
        check: str,
        what: str,
        cure: str,
        rack: Callable[[], Report] = pi_rack,
    ) -> Finding:
        """Exactly that finding, which says these words, and its cure those."""
        report = rack()
        change(report)
        found = findings.judge(report)
        self.assertEqual([(each.severity, each.node, each.check) for each in found], [(severity, node, check)], found)
        self.assertIn(what, found[0].what)
        self.assertIn(cure, found[0].cure)
        self.assertTrue(found[0].why)
        return found[0]

    def survey(self, node: str, **values: Any) -> Callable[[Report], None]:
        return lambda report: report["nodes"][node]["survey"].update(values)

    def setting(self, node: str, **values: Any) -> Callable[[Report], None]:
        return lambda report: report["nodes"][node]["settings"].update(values)


class Healthy(FindingsCase):
    def test_real_pis_give_nothing(self) -> None:
        self.assertEqual(findings.judge(pi_rack()), [])

    def test_virtual_pis_on_which_spark_runs_give_nothing(self) -> None:
        self.assertEqual(findings.judge(virtual_rack()), [])

    def test_fresh_nodes_are_told_that_java_will_come_and_nothing_blocks(self) -> None:
        report = pi_rack()
        for node in report["nodes"].values():
            node["survey"]["java"] = None
        found = findings.judge(report)
        self.assertEqual({(each.severity, each.check) for each in found}, {("notes", "java")})
        self.assertFalse(findings.blocks(found))

    def test_what_nobody_could_learn_is_no_finding(self) -> None:
        report = pi_rack()
        for node in report["nodes"].values():
            node.update(tried=None, listener=None, survey=dict.fromkeys(node["survey"]))
        self.assertEqual({each.check for each in findings.judge(report)} - {"java"}, set())


class Reaching(FindingsCase):
    def unreached(self, node: str, ssh: str, is_tried: bool, message: str = "") -> Callable[[Report], None]:
        def change(report: Report) -> None:
            report["nodes"][node].update(
                isReached=False, ssh=ssh, isTried=is_tried, message=message, survey=None, listener=None
            )
            for asker in (*report["nodes"].values(), report["control"]):
                if isinstance(asker["tried"], dict):
                    asker["tried"]["knocks"] = [each for each in asker["tried"]["knocks"] if each["to"] != node]
            report["nodes"][node]["tried"] = None

        return change

    def test_a_node_that_is_off(self) -> None:
        change = self.unreached("pi3", "timeout", False)
        self.assert_finds(change, "blocks", "pi3", "reached", "192.168.1.13 (timeout)", "switch it on")

    def test_ssh_is_off(self) -> None:
        change = self.unreached("pi3", "refused", False)
        self.assert_finds(change, "blocks", "pi3", "reached", "refuses ssh", "systemctl enable --now ssh")

    def test_the_key_is_not_known_there(self) -> None:
        change = self.unreached("pi3", "open", True, "Permission denied (publickey,password).")
        self.assert_finds(change, "blocks", "pi3", "reached", "refuses the user pi", "ssh-copy-id pi@192.168.1.13")

    def test_another_host_key(self) -> None:
        change = self.unreached("pi3", "open", True, "Host key verification failed.")
        self.assert_finds(change, "blocks", "pi3", "reached", "host key", "ssh-keygen -R 192.168.1.13")

    def test_no_python(self) -> None:
        change = self.unreached("pi3", "open", True, "MODULE FAILURE /bin/sh: 1: /usr/bin/python3: not found")
        self.assert_finds(change, "blocks", "pi3", "reached", "no Python 3", "apt-get install -y python3")

    def test_no_sudo(self) -> None:
        def change(report: Report) -> None:
            report["nodes"]["pi2"]["isRoot"] = False

        self.assert_finds(change, "blocks", "pi2", "sudo", "sudo without a password", "--ask-become-pass")


class Systems(FindingsCase):
    def test_a_32_bit_kernel(self) -> None:
        change = self.survey("pi3", architecture="armv7l", userlandBits=32, packageArchitecture="armhf")
        self.assert_finds(change, "blocks", "pi3", "bits", "a kernel for armv7l", "Raspberry Pi OS Lite (64-bit)")

    def test_32_bit_programs_on_a_64_bit_kernel(self) -> None:
        change = self.survey("pi3", userlandBits=32, packageArchitecture="armhf")
        self.assert_finds(change, "blocks", "pi3", "bits", "32-bit programs", "Raspberry Pi OS Lite (64-bit)")

    def test_an_old_release(self) -> None:
        old = {"id": "debian", "version": "11", "codename": "bullseye", "name": "Debian GNU/Linux 11 (bullseye)"}
        self.assert_finds(self.survey("pi2", os=old), "blocks", "pi2", "release", "bullseye", "Raspberry Pi Imager")

    def test_ubuntu_20_04_is_old_and_24_04_is_not(self) -> None:
        def ubuntu(version: str, codename: str) -> dict[str, str]:
            return {"id": "ubuntu", "version": version, "codename": codename, "name": f"Ubuntu {version} LTS"}

        change = self.survey("pi2", os=ubuntu("20.04", "focal"))
        self.assert_finds(change, "blocks", "pi2", "release", "Ubuntu 20.04", "Imager")
        report = pi_rack()
        self.survey("pi2", os=ubuntu("24.04", "noble"))(report)
        self.assertEqual(findings.judge(report), [])

    def test_an_unknown_system(self) -> None:
        fedora = {"id": "fedora", "version": "41", "codename": "", "name": "Fedora Linux 41"}
        self.assert_finds(self.survey("pi2", os=fedora), "warns", "pi2", "release", "Fedora", "Imager")

    def test_an_old_java_in_front(self) -> None:
        java = {"path": "/usr/local/bin/java", "major": 11, "version": "11.0.2"}
        change = self.survey("pi2", java=java)
        self.assert_finds(change, "blocks", "pi2", "java", "Java 11", "remove /usr/local/bin/java")

    def test_another_java_than_most(self) -> None:
        change = self.survey("pi3", java={"path": "/usr/bin/java", "major": 21, "version": "21.0.5"})
        self.assert_finds(
            change, "blocks", "pi3", "same-java", "has Java 21, most others 17", "openjdk-17-jdk-headless"
        )

    def test_a_java_between_the_tested_ones(self) -> None:
        change = self.survey("pi3", java={"path": "/usr/bin/java", "major": 19, "version": "19.0.2"})
        self.assert_finds(change, "warns", "pi3", "java", "Java 19", "openjdk-17-jdk-headless")

    def test_releases_whose_javas_will_differ(self) -> None:
        def change(report: Report) -> None:
            trixie = {"id": "debian", "version": "13", "codename": "trixie", "name": "Debian GNU/Linux 13 (trixie)"}
            report["nodes"]["pi3"]["survey"].update(os=trixie, java=None)

        report = pi_rack()
        change(report)
        found = [each for each in findings.judge(report) if each.severity != "notes"]
        self.assertEqual([(each.severity, each.node, each.check) for each in found], [("warns", "pi3", "same-java")])


class Sizes(FindingsCase):
    def test_a_zero_2_w_is_no_worker(self) -> None:
        slow = [_interface("eth0", "192.168.1.13", megabits=None)]  # an adapter at its USB port
        change = self.survey("pi3", model="Raspberry Pi Zero 2 W Rev 1.0", ramMebibytes=416, addresses=slow)
        found = self.assert_finds(change, "blocks", "pi3", "worker-memory", "Zero 2 W", "take it out of the workers")
        self.assertIn("416 MiB", found.what)

    def test_a_board_of_1_gb_is_no_master(self) -> None:
        change = self.survey("pi1", model="Raspberry Pi 3 Model B Plus Rev 1.3", ramMebibytes=906)
        self.assert_finds(change, "blocks", "pi1", "master-memory", "is the master", "4 GB or more")

    def test_a_board_of_2_gb_as_master_warns(self) -> None:
        change = self.survey("pi1", ramMebibytes=1848)
        self.assert_finds(change, "warns", "pi1", "master-memory", "1848 MiB", "4 GB or more")

    def test_a_small_board_is_not_master_and_worker(self) -> None:
        def change(report: Report) -> None:
            report["nodes"]["pi3"]["roles"] = ["master", "workers"]

        report = pi_rack()
        change(report)
        checks = {each.check for each in findings.judge(report)}
        self.assertEqual(checks, {"master-memory", "worker-memory"})

    def test_more_memory_than_the_board_has(self) -> None:
        change = self.setting("pi3", worker_memory="2g")
        self.assert_finds(change, "blocks", "pi3", "worker-memory", "2048 MiB", "worker_memory: auto")

    def test_memory_that_leaves_too_little(self) -> None:
        change = self.setting("pi3", worker_memory="800m")
        self.assert_finds(change, "warns", "pi3", "worker-memory", "800 MiB", "worker_memory: auto")

    def test_memory_that_is_none(self) -> None:
        change = self.setting("pi3", worker_memory="much")
        self.assert_finds(change, "blocks", "pi3", "worker-memory", "'much'", "worker_memory: auto")

    def test_executors_that_do_not_fit(self) -> None:
        change = self.setting("pi3", executor_memory="1g")
        self.assert_finds(change, "warns", "pi3", "executor-memory", "offers 480 MiB", "executor_memory")

    def test_more_cores_than_the_board_has(self) -> None:
        change = self.setting("pi2", worker_cores=8)
        self.assert_finds(change, "warns", "pi2", "worker-cores", "8 cores, and has 4", "worker_cores: auto")


class Disks(FindingsCase):
    def disk(self, node: str, **values: Any) -> Callable[[Report], None]:
        return lambda report: report["nodes"][node]["survey"]["disk"].update(values)

    def test_a_full_disk(self) -> None:
        self.assert_finds(self.disk("pi2", freeMebibytes=900), "blocks", "pi2", "disk", "900 MiB free", "apt-get clean")

    def test_a_nearly_full_disk(self) -> None:
        self.assert_finds(self.disk("pi2", freeMebibytes=4000), "warns", "pi2", "disk", "4000 MiB free", "data_folder")

    def test_a_full_card_beside_an_empty_ssd(self) -> None:
        def change(report: Report) -> None:
            report["nodes"]["pi2"]["survey"]["rootDisk"]["freeMebibytes"] = 300

        self.assert_finds(change, "blocks", "pi2", "disk", "300 MiB free where / is", "apt-get clean")

    def test_data_on_an_sd_card(self) -> None:
        self.assert_finds(self.disk("pi3", kind="SD card"), "warns", "pi3", "disk-kind", "SD card", "data_folder")

    def test_a_root_that_forgets(self) -> None:
        change = self.disk("pi3", kind="overlay")
        self.assert_finds(change, "blocks", "pi3", "disk-kind", "overlay", "raspi-config nonint disable_overlayfs")

    def test_swap_on_the_card(self) -> None:
        on = {"path": "/var/swap", "kind": "file", "on": "SD card", "mebibytes": 199}
        change = self.survey("pi3", swap={"mebibytes": 199, "kinds": [on]})
        self.assert_finds(change, "warns", "pi3", "swap", "/var/swap, 199 MiB", "disable --now dphys-swapfile")

    def test_swap_in_memory_is_fine(self) -> None:
        report = pi_rack()
        on = {"path": "/dev/zram0", "kind": "zram", "on": None, "mebibytes": 453}
        self.survey("pi3", swap={"mebibytes": 453, "kinds": [on]})(report)
        self.assertEqual(findings.judge(report), [])

    def test_swap_on_an_ssd_is_fine(self) -> None:
        report = pi_rack()
        on = {"path": "/mnt/ssd/swap", "kind": "file", "on": "SSD", "mebibytes": 1024}
        self.survey("pi3", swap={"mebibytes": 1024, "kinds": [on]})(report)
        self.assertEqual(findings.judge(report), [])

    def test_no_memory_cgroup(self) -> None:
        change = self.survey("pi2", memoryCgroup=False)
        self.assert_finds(change, "warns", "pi2", "memory-cgroup", "switched off", "restart --reboot pi2")


class Names(FindingsCase):
    def test_two_nodes_with_one_name(self) -> None:
        change = self.survey("pi3", hostname="pi2")
        self.assert_finds(change, "blocks", "pi3", "same-name", "called pi2, as pi2 is", "hostnamectl set-hostname pi3")

    def test_a_copied_card(self) -> None:
        change = self.survey("pi3", machineId=f"{2:032x}")
        self.assert_finds(change, "warns", "pi3", "same-machine-id", "machine-id of pi2", "systemd-machine-id-setup")

    def test_another_nodes_name_at_a_wrong_address(self) -> None:
        def change(report: Report) -> None:
            report["nodes"]["pi2"]["survey"]["hosts"].append(["192.168.1.99", ["pi1.local", "pi1"]])

        report = pi_rack()
        change(report)
        found = findings.judge(report)
        self.assertEqual({(each.severity, each.node, each.check) for each in found}, {("blocks", "pi2", "hosts")})
        self.assertIn("pi1 is at 192.168.1.11", found[0].what)
        self.assertIn("sed -i", found[0].cure)

    def test_another_nodes_name_at_the_loopback_address(self) -> None:
        def change(report: Report) -> None:
            report["nodes"]["pi2"]["survey"]["hosts"].append(["127.0.1.1", ["pi1"]])

        self.assert_finds(change, "blocks", "pi2", "hosts", "has pi1 at 127.0.1.1", "sed -i")

    def test_a_name_at_an_address_of_version_6_is_left_alone(self) -> None:
        report = pi_rack()
        report["nodes"]["pi2"]["survey"]["hosts"].append(["2001:db8::3", ["pi3"]])
        self.assertEqual(findings.judge(report), [])

    def test_the_own_name_at_an_old_address(self) -> None:
        def change(report: Report) -> None:
            report["nodes"]["pi2"]["survey"]["hosts"].append(["192.168.1.99", ["pi2"]])

        self.assert_finds(change, "warns", "pi2", "hosts", "its own name pi2 at 192.168.1.99", "sed -i")

    def test_an_address_that_is_not_the_nodes(self) -> None:
        def change(report: Report) -> None:
            report["nodes"]["pi2"]["address"] = "192.168.1.99"

        found = self.assert_finds(change, "blocks", "pi2", "address", "192.168.1.99", "cluster_address")
        self.assertIn("it has 192.168.1.12", found.what)

    def test_another_network(self) -> None:
        def change(report: Report) -> None:
            report["nodes"]["pi3"]["address"] = "192.168.2.13"
            report["nodes"]["pi3"]["survey"]["addresses"] = [_interface("eth0", "192.168.2.13")]

        self.assert_finds(change, "warns", "pi3", "subnet", "192.168.2.0/24", "one switch")

    def test_wifi(self) -> None:
        change = self.survey("pi3", addresses=[_interface("wlan0", "192.168.1.13", wireless=True, megabits=65)])
        self.assert_finds(change, "warns", "pi3", "wifi", "Wi-Fi only", "give it a cable")

    def test_wifi_beside_a_cable(self) -> None:
        both = [_interface("wlan0", "192.168.1.13", wireless=True, megabits=65), _interface("eth0", "192.168.1.43")]
        change = self.survey("pi3", addresses=both)
        self.assert_finds(change, "warns", "pi3", "wifi", "Wi-Fi", "cluster_address: 192.168.1.43")


class Ports(FindingsCase):
    def test_a_node_behind_a_firewall(self) -> None:
        def change(report: Report) -> None:
            _close(report, "pi2", "pi3", 7200, 7216)
            _close(report, CONTROL, "pi3", 7200, 7216)
            report["nodes"]["pi3"]["survey"]["firewalls"] = ["ufw"]

        found = self.assert_finds(change, "blocks", "pi3", "port", "7200–7216", "sudo ufw allow proto tcp from ")
        self.assertIn("pi2, this machine", found.what)

    def test_a_range_that_is_open_but_for_its_end(self) -> None:
        def change(report: Report) -> None:
            _close(report, "pi2", "pi3", 7216)

        self.assert_finds(change, "blocks", "pi3", "port", "by pi2 at port 7216", "nft list ruleset")

    def test_a_firewall_that_says_no(self) -> None:
        def change(report: Report) -> None:
            _close(report, "pi1", "pi3", 7078, result="refused")
            report["nodes"]["pi3"]["survey"]["firewalls"] = ["firewalld"]

        self.assert_finds(
            change, "blocks", "pi3", "port", "it says: refused", "firewall-cmd --permanent --add-port=7078"
        )

    def test_workers_that_do_not_reach_the_driver(self) -> None:
        def change(report: Report) -> None:
            for name in ("pi1", "pi2", "pi3"):
                _close(report, name, CONTROL, 7300, 7316, 7320, 7336)

        found = self.assert_finds(change, "blocks", CONTROL, "port", "7300–7316, 7320–7336", "on this machine: ")
        self.assertIn("pi1, pi2, pi3", found.what)

    def test_a_node_that_connects_to_nobody(self) -> None:
        def change(report: Report) -> None:
            for each in report["nodes"]["pi3"]["tried"]["knocks"]:
                each.update(result="timeout", answeredBy=None)

        self.assert_finds(change, "blocks", "pi3", "port", "connects to nobody", "hook output")

    def test_a_driver_that_the_clusters_own_firewall_does_not_know(self) -> None:
        def change(report: Report) -> None:
            _units(report, "pi3")
            _close(report, CONTROL, "pi3", 7200, 7216, 8081)

        self.assert_finds(change, "blocks", "pi3", "port", "by this machine", "driver_addresses: [192.168.1.5]")

    def test_two_machines_with_one_address(self) -> None:
        def change(report: Report) -> None:
            report["nodes"]["pi2"]["tried"]["knocks"][1]["answeredBy"] = "pi4"

        self.assert_finds(change, "blocks", "pi3", "same-address", "that is pi4", "an address of its own")

    def test_a_port_that_another_program_has(self) -> None:
        def change(report: Report) -> None:
            report["nodes"]["pi2"]["listener"].update(listening=[7078, 7200, 7216], taken=[8081])
            nginx = _listening("0.0.0.0", 8081, "nginx", "www-data", "nginx.service")
            report["nodes"]["pi2"]["survey"]["listening"].append(nginx)

        found = self.assert_finds(
            change, "blocks", "pi2", "port-taken", "8081 taken by nginx", "disable --now nginx.service"
        )
        self.assertIn("worker_page_port", found.cure)

    def test_the_rest_port(self) -> None:
        def change(report: Report) -> None:
            rest = _listening("192.168.1.11", 6066, "java", "spark", "sparkberry-master.service")
            report["nodes"]["pi1"]["survey"]["listening"].append(rest)

        self.assert_finds(change, "blocks", "pi1", "rest", "REST port", "cluster restart pi1")

    def test_a_port_that_is_not_on_the_list(self) -> None:
        def change(report: Report) -> None:
            _units(report, "pi2")
            other = _listening("192.168.1.12", 40123, "java", "spark", "sparkberry-worker.service")
            report["nodes"]["pi2"]["survey"]["listening"].append(other)

        self.assert_finds(change, "warns", "pi2", "port-unlisted", "192.168.1.12:40123", "cluster up")

    def test_a_page_on_every_address(self) -> None:
        def change(report: Report) -> None:
            _units(report, "pi2")
            page = _listening("*", 8081, "java", "spark", "sparkberry-worker.service")
            report["nodes"]["pi2"]["survey"]["listening"].append(page)

        self.assert_finds(change, "warns", "pi2", "port-everywhere", "every address at port 8081", "cluster up")


class Clocks(FindingsCase):
    def test_five_minutes_ahead(self) -> None:
        def change(report: Report) -> None:
            _clock(report, "pi3", 300)

        self.assert_finds(change, "blocks", "pi3", "clock", "300.0 s ahead", "timedatectl set-ntp true")

    def test_two_seconds_behind(self) -> None:
        def change(report: Report) -> None:
            _clock(report, "pi3", -2)

        self.assert_finds(change, "warns", "pi3", "clock", "2.0 s behind", "timedatectl set-ntp true")

    def test_two_seconds_that_may_be_the_networks(self) -> None:
        report = pi_rack()
        _clock(report, "pi3", -2, uncertainty=1.5)
        self.assertEqual(findings.judge(report), [])

    def test_the_surest_of_two_looks_counts(self) -> None:
        # The survey said 1001.4 between 1000 and 1003 of this machine's clock: 0.1 s behind, ± 1.5 s.
        report = pi_rack()
        node = Node("pi3", report["nodes"]["pi3"])
        report["nodes"]["pi3"]["tried"]["clocks"] = []
        found = clocks.offset(node, report["control"])
        assert found
        self.assertAlmostEqual(found.seconds, -0.1)
        self.assertAlmostEqual(found.uncertainty, 1.5)
        _clock(report, "pi3", 0.25)
        self.assertEqual(clocks.offset(node, report["control"]), clocks.Offset(0.25, 0.0003))

    def test_when_all_nodes_agree_it_is_this_machines_clock(self) -> None:
        def change(report: Report) -> None:
            for name in report["nodes"]:
                _clock(report, name, 90)

        self.assert_finds(change, "blocks", CONTROL, "clock", "90.0 s behind of all nodes'", "on this machine")

    def test_a_clock_that_nobody_sets(self) -> None:
        change = self.survey("pi3", timeSynchronised=False)
        self.assert_finds(change, "notes", "pi3", "time", "with others'", "installs chrony")


class Health(FindingsCase):
    # Bits: Raspberry Pi's documentation of vcgencmd get_throttled.
    def test_too_little_voltage_now(self) -> None:
        change = self.survey("pi2", throttled=0x50005)
        self.assert_finds(
            change, "warns", "pi2", "throttled", "now: under-voltage, throttled (0x50005)", "power supply"
        )

    def test_throttled_since_it_started(self) -> None:
        change = self.survey("pi2", throttled=0xE0000)
        found = self.assert_finds(change, "warns", "pi2", "throttled", "since it started", "heat sink or fan")
        self.assertNotIn("power supply", found.cure)

    def test_only_warm_since_it_started(self) -> None:
        change = self.survey("pi2", throttled=0x80000)
        self.assert_finds(change, "notes", "pi2", "throttled", "soft temperature limit", "a reboot clears the record")

    def test_hot(self) -> None:
        self.assert_finds(self.survey("pi2", celsius=83.1), "warns", "pi2", "temperature", "83 °C", "heat sink or fan")

    def test_a_3b_plus_is_warm_earlier(self) -> None:
        self.assert_finds(self.survey("pi3", celsius=62.0), "warns", "pi3", "temperature", "62 °C", "fan")

    def test_powersave(self) -> None:
        change = self.survey("pi2", governor="powersave")
        self.assert_finds(change, "warns", "pi2", "governor", "powersave", "scaling_governor")

    def test_powersave_of_a_pcs_driver_is_its_normal_setting(self) -> None:
        report = pi_rack()
        self.survey("pi2", governor="powersave", governorDriver="intel_pstate")(report)
        self.assertEqual(findings.judge(report), [])

    def test_a_bad_cable(self) -> None:
        def change(report: Report) -> None:
            report["nodes"]["pi1"]["tried"]["speeds"] = [{"to": "pi2", "thereMegabits": 94.1, "backMegabits": 93.0}]

        self.assert_finds(change, "warns", "pi1", "speed", "93 Mbit/s of 1000 with pi2", "another cable")

    def test_a_slow_network(self) -> None:
        def change(report: Report) -> None:
            report["nodes"]["pi3"]["tried"]["speeds"] = [{"to": "pi2", "thereMegabits": 230.0, "backMegabits": 9.3}]

        self.assert_finds(change, "warns", "pi3", "speed", "9 Mbit/s", "another cable")

    def test_when_all_are_slow_with_one_it_is_that_one(self) -> None:
        def change(report: Report) -> None:
            for name in ("pi1", "pi3"):
                report["nodes"][name]["tried"]["speeds"] = [{"to": "pi2", "thereMegabits": 9.1, "backMegabits": 9.3}]

        self.assert_finds(change, "warns", "pi2", "speed", "with every other node", "another cable")


class Secrets(FindingsCase):
    def mode(self, mode: object) -> Callable[[Report], None]:
        return lambda report: report["control"].update(secretMode=mode)

    def test_none(self) -> None:
        self.assert_finds(self.mode(None), "blocks", CONTROL, "secret", "no secret", "openssl rand -hex 32")

    def test_one_that_others_may_read(self) -> None:
        self.assert_finds(self.mode("0644"), "blocks", CONTROL, "secret", "mode 0644", "chmod 600 cluster/secret")
        self.assert_finds(self.mode(0o640), "blocks", CONTROL, "secret", "mode 0640", "chmod 600 cluster/secret")


class Telling(FindingsCase):
    def printed(self, report: Report) -> str:
        with contextlib.redirect_stdout(io.StringIO()) as output:
            findings.print_text(findings.judge(report), len(report["nodes"]))
        return output.getvalue()

    def test_the_worst_comes_first_and_the_same_is_told_once(self) -> None:
        report = pi_rack()
        report["nodes"]["pi1"]["survey"]["celsius"] = 83.0
        report["nodes"]["pi2"]["survey"]["celsius"] = 83.0
        _clock(report, "pi3", 300)
        text = self.printed(report)
        self.assertLess(text.index("blocks"), text.index("300.0 s ahead"))
        self.assertLess(text.index("300.0 s ahead"), text.index("warns"))
        self.assertIn("pi1, pi2", text)
        self.assertEqual(text.count("83 °C"), 1)
        self.assertTrue(text.endswith("must be mended first; then: ./sparkberry cluster doctor\n"), text)

    def test_nothing_blocks(self) -> None:
        self.assertEqual(self.printed(pi_rack()), "nothing blocks on 3 nodes: ./sparkberry cluster up\n")

    def test_json_counts_and_lists(self) -> None:
        report = pi_rack()
        _clock(report, "pi3", 300)
        self.assertTrue(findings.blocks(findings.judge(report)))
        told = findings.as_json(findings.judge(report), 3)
        self.assertEqual((told["blocks"], told["warns"], told["notes"], told["nodes"]), (1, 0, 0, 3))
        self.assertEqual(json.loads(json.dumps(told))["findings"][0]["node"], "pi3")


if __name__ == "__main__":
    unittest.main()
