"""What a node says of itself, from what the kernel and commands say there."""
import json
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import survey

_PROGRAM = Path(survey.__file__)


def texts(files: dict[str, str]) -> Any:
    """Has the node consist of these files."""
    return mock.patch.object(survey, "text", lambda path: files.get(str(path)))


def outputs(commands: dict[str, str]) -> Any:
    """Has the node's commands print this; others are not there."""
    return mock.patch.object(survey, "output", lambda *words, **_: commands.get(" ".join(words)))


class Whole(unittest.TestCase):
    def test_it_runs_from_standard_input_and_prints_one_object(self) -> None:
        # As on a node: ssh NODE python3 - /var/lib/sparkberry 1234.5 < survey.py
        command = [sys.executable, "-", "/no/such/folder", "1234.5"]
        done = subprocess.run(command, input=_PROGRAM.read_text(), capture_output=True, text=True, timeout=60)
        said = json.loads(done.stdout)
        self.assertEqual(done.stderr, "")
        self.assertEqual(said["asked"], 1234.5)
        self.assertLess(abs(said["time"] - time.time()), 5)
        self.assertEqual(said["disk"]["folder"], "/no/such/folder")
        self.assertGreater(said["disk"]["totalMebibytes"], 0)
        names = """hostname machineId architecture userlandBits os model isPi container processor cores ramMebibytes
            availableMebibytes swap disk memoryCgroup addresses hosts ownNameResolvesTo listening java units throttled
            celsius governor realClockMegahertz uptimeSeconds load timeSynchronised sudo""".split()
        self.assertEqual([name for name in names if name not in said], [])

    def test_what_fails_is_null_and_the_rest_is_known(self) -> None:
        with mock.patch.object(survey, "model", side_effect=OSError("no such tree")):
            said = survey.survey("/")
        self.assertIsNone(said["model"])
        self.assertEqual(said["unknown"]["model"], "OSError: no such tree")
        self.assertIsNotNone(said["kernel"])

    def test_what_hangs_is_null_and_nobody_waits_for_it(self) -> None:
        began = time.monotonic()
        with mock.patch.object(survey, "DEADLINE_SECONDS", 1.5), mock.patch.object(
            survey, "hosts", lambda: time.sleep(9)
        ):
            said = survey.survey("/")
        self.assertLess(time.monotonic() - began, 6)
        self.assertEqual(said["unknown"]["hosts"], "took too long")

    def test_a_command_that_hangs_is_left_alone_with_all_its_children(self) -> None:
        began = time.monotonic()
        self.assertIsNone(survey.output("sh", "-c", "sleep 9 & sleep 9", seconds=0.3))
        self.assertLess(time.monotonic() - began, 5)

    def test_a_command_that_fails_or_is_not_there_says_nothing(self) -> None:
        self.assertIsNone(survey.output("false"))
        self.assertIsNone(survey.output("no-such-command-here"))


class Systems(unittest.TestCase):
    def test_raspberry_pi_os(self) -> None:
        # /etc/os-release of Raspberry Pi OS (64-bit), bookworm, is Debian's.
        release = (
            'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nID=debian\n'
        )
        with texts({"/etc/os-release": release}):
            said = survey.operating_system()
        self.assertEqual(
            said,
            {
                "id": "debian",
                "version": "12",
                "codename": "bookworm",
                "name": "Debian GNU/Linux 12 (bookworm)",
            },
        )

    def test_32_bit_programs_are_seen(self) -> None:
        with outputs({"getconf LONG_BIT": "32\n"}):
            self.assertEqual(survey.userland_bits(), 32)
        with outputs({"getconf LONG_BIT": "64\n"}):
            self.assertEqual(survey.userland_bits(), 64)

    def test_a_model_ends_with_nul_and_may_be_at_either_place(self) -> None:
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"Raspberry Pi 4 Model B Rev 1.4\0")
            file.flush()
            self.assertEqual(survey.text(file.name), "Raspberry Pi 4 Model B Rev 1.4")
        with texts({"/sys/firmware/devicetree/base/model": "Raspberry Pi 5 Model B Rev 1.0"}):
            self.assertEqual(survey.model(), "Raspberry Pi 5 Model B Rev 1.0")

    def test_java_says_its_version_in_a_file_or_when_it_runs(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder, "bin/java")
            program.parent.mkdir()
            program.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n")
            program.chmod(0o755)
            with mock.patch.dict(survey._ENVIRONMENT, {"PATH": f"{program.parent}:/usr/bin:/bin"}):
                self.assertEqual(survey.java(), {"path": str(program), "major": 11, "version": "11.0.2"})
                Path(folder, "release").write_text('IMPLEMENTOR="Debian"\nJAVA_VERSION="17.0.13"\n')
                self.assertEqual(survey.java(), {"path": str(program), "major": 17, "version": "17.0.13"})


class Memory(unittest.TestCase):
    MEMINFO = "MemTotal:         931308 kB\nMemAvailable:     700000 kB\nSwapTotal:        102396 kB\n"

    def test_swap_on_a_card(self) -> None:
        swaps = "Filename\t\tType\t\tSize\tUsed\tPriority\n/dev/mmcblk0p3  partition\t102396\t0\t-2\n"
        with texts({"/proc/meminfo": self.MEMINFO, "/proc/swaps": swaps}):
            said = survey.swap()
        on = {"path": "/dev/mmcblk0p3", "kind": "partition", "on": "SD card", "mebibytes": 99}
        self.assertEqual(said, {"mebibytes": 99, "kinds": [on]})

    def test_swap_in_compressed_memory(self) -> None:
        swaps = "Filename\t\tType\t\tSize\tUsed\tPriority\n/dev/zram0  partition\t102396\t0\t100\n"
        with texts({"/proc/meminfo": self.MEMINFO, "/proc/swaps": swaps}):
            self.assertEqual(survey.swap()["kinds"][0]["kind"], "zram")

    def test_a_containers_swap_is_not_that_of_the_machine_below(self) -> None:
        swaps = "Filename\t\tType\t\tSize\tUsed\tPriority\n/dev/mmcblk0p3  partition\t102396\t0\t-2\n"
        with texts({"/proc/meminfo": self.MEMINFO.replace("102396", "0"), "/proc/swaps": swaps}):
            self.assertEqual(survey.swap(), {"mebibytes": 0, "kinds": []})

    def test_the_memory_group_of_both_versions(self) -> None:
        off = "#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t1\t11\t1\nmemory\t0\t80\t0\n"
        with texts({"/proc/cgroups": off, "/sys/fs/cgroup/cgroup.controllers": "cpuset cpu io pids"}):
            self.assertFalse(survey.has_memory_cgroup())
        with texts({"/proc/cgroups": off.replace("80\t0", "80\t1")}):
            self.assertTrue(survey.has_memory_cgroup())
        with texts({"/sys/fs/cgroup/cgroup.controllers": "cpuset cpu io memory pids"}):
            self.assertTrue(survey.has_memory_cgroup())

    def test_kinds_of_disks(self) -> None:
        self.assertEqual(survey._kind_of_block("/dev/mmcblk0p2"), "SD card")
        self.assertEqual(survey._kind_of_block("/dev/nvme0n1p1"), "NVMe")
        with texts({"/sys/block/mmcblk0/device/type": "MMC"}):  # soldered to a compute module
            self.assertEqual(survey._kind_of_block("/dev/mmcblk0p2"), "disk")
        self.assertEqual(survey._kind_of_disk("tmpfs", "tmpfs", 0), "memory")
        self.assertEqual(survey._kind_of_disk("nfs4", "server:/data", 0), "network")
        self.assertEqual(survey._kind_of_disk("overlay", "overlay", 0), "overlay")

    def test_the_last_mount_over_a_folder_counts(self) -> None:
        mounts = (
            "1 0 179:2 / / rw - ext4 /dev/root rw\n"
            "2 1 8:1 / /mnt/ssd rw - ext4 /dev/sda1 rw\n"
            "3 2 0:40 / /mnt/ssd rw - tmpfs tmpfs rw\n"
        )
        with texts({"/proc/self/mountinfo": mounts}):
            self.assertEqual(survey._mount_of(Path("/mnt/ssd/x")), ("/mnt/ssd", "tmpfs", "tmpfs"))
            self.assertEqual(survey._mount_of(Path("/mnt/ssdx")), ("/", "ext4", "/dev/root"))


class Network(unittest.TestCase):
    def test_sockets(self) -> None:
        # Lines of ss -H -tulnpe (iproute2 6.1), as root.
        lines = (
            'tcp LISTEN 0 1 [::ffff:10.77.0.2]:7078 *:* users:(("java",pid=3407,fd=283)) uid:997 ino:41 sk:1 v6only:0\n'
            "tcp LISTEN 0 128 [::]:22 [::]:* ino:7 sk:2 v6only:1\n"
            "udp UNCONN 0 0 127.0.0.53%lo:53 0.0.0.0:* uid:991 ino:9 sk:3\n"
            "tcp LISTEN 0 50 *:8080 *:* uid:0 ino:10 sk:4\n"
        )
        unit = "0::/system.slice/sparkberry-worker.service\n"
        with outputs({"ss -H -tulnpe": lines}), texts({"/proc/3407/cgroup": unit}):
            said = survey.listening()
        assert said
        self.assertEqual(
            [(each["protocol"], each["address"], each["port"]) for each in said],
            [
                ("tcp", "10.77.0.2", 7078),
                ("tcp", "::", 22),
                ("udp", "127.0.0.53", 53),
                ("tcp", "*", 8080),
            ],
        )
        self.assertEqual((said[0]["process"], said[0]["unit"]), ("java", "sparkberry-worker.service"))
        self.assertEqual((said[1]["process"], said[1]["user"]), (None, "root"))

    def test_addresses(self) -> None:
        lo = {"ifname": "lo", "flags": ["LOOPBACK", "UP"], "addr_info": [{"local": "127.0.0.1", "prefixlen": 8}]}
        up = {"ifname": "none0", "flags": ["UP", "LOWER_UP"], "addr_info": [{"local": "192.168.1.12", "prefixlen": 24}]}
        with outputs({"ip -j addr": json.dumps([lo, up])}):
            said = survey.addresses()
        self.assertEqual(
            said,
            [
                {
                    "interface": "none0",
                    "address": "192.168.1.12",
                    "prefix": 24,
                    "wireless": False,
                    "megabits": None,
                    "up": True,
                }
            ],
        )

    def test_hosts_file(self) -> None:
        with texts({"/etc/hosts": "127.0.0.1\tlocalhost\n# a word\n\n10.0.0.2 pi2 pi2.local # the second\n"}):
            self.assertEqual(survey.hosts(), [["127.0.0.1", ["localhost"]], ["10.0.0.2", ["pi2", "pi2.local"]]])


class Health(unittest.TestCase):
    # What vcgencmd prints: Raspberry Pi's documentation.
    def test_the_firmware_answers(self) -> None:
        answers = {
            "vcgencmd get_throttled": "throttled=0x50005\n",
            "vcgencmd measure_clock arm": "frequency(0)=600117184\n",
        }
        with outputs(answers):
            self.assertEqual(survey.throttled(), 0x50005)
            self.assertEqual(survey.real_clock(), 600)

    def test_the_firmware_does_not_know_or_is_not_there(self) -> None:
        unknown = 'error=1 error_msg="Command not registered"\n'
        with outputs({"vcgencmd get_throttled": unknown, "vcgencmd measure_clock arm": unknown}):
            self.assertIsNone(survey.throttled())
            self.assertIsNone(survey.real_clock())
        with outputs({}):
            self.assertIsNone(survey.throttled())

    def test_units_that_are_only_named_by_others_are_not_there(self) -> None:
        listed = (
            "sparkberry-worker.service loaded active running x\nsparkberry-master.service not-found inactive dead x\n"
        )
        shown = (
            "Id=sparkberry-master.service\nLoadState=not-found\nActiveState=inactive\nSubState=dead\nUnitFileState=\n\n"
            "Id=sparkberry-worker.service\nLoadState=loaded\nActiveState=active\nSubState=running\nUnitFileState=enabled\n"
        )
        properties = "Id,LoadState,ActiveState,SubState,UnitFileState"
        names = "sparkberry-master.service sparkberry-worker.service"
        with outputs(
            {
                "systemctl list-units --all --no-legend --plain sparkberry-*": listed,
                f"systemctl show -p {properties} -- {names}": shown,
            }
        ):
            said = survey.units()
        running = {"active": "active", "sub": "running", "enabled": "enabled"}
        self.assertEqual(said, {"sparkberry-worker.service": running})


if __name__ == "__main__":
    unittest.main()
