"""A cluster's folder: what init writes, what a person may change in it, and what is said of the rest."""
import json
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import yaml
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.vars.manager import VariableManager

from rack import folder
from rack.folder import Cluster, Login, Node
from terminal import BadInput

_DEFAULTS = yaml.safe_load((folder.SETUP / "roles/settings/defaults/main.yml").read_text())
_MASTER = Node("pi1", "192.168.1.11", "Raspberry Pi 5 Model B Rev 1.0, 4 cores, 8062 MiB")
_WORKERS = [Node("pi2", "192.168.1.12", "a board: with # signs"), Node("pi3", "192.168.1.13")]


class Folders(unittest.TestCase):
    def setUp(self) -> None:
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.place = Path(place.name)
        self.folder = self.make(self.place / "cluster", Login("pi"))

    def make(self, path: Path, login: Login) -> Path:
        with folder.new(path) as partial:
            folder.fill(partial, login, [_MASTER], _WORKERS)
        return path

    def write(self, text: str) -> None:
        (self.folder / "inventory.yml").write_text(text)

    def read(self) -> str:
        return (self.folder / "inventory.yml").read_text()

    def set(self, text: str) -> None:
        (self.folder / "group_vars/all.yml").write_text(text)

    def refused(self) -> str:
        """What is said of the folder: one line."""
        with self.assertRaises(BadInput) as caught:
            Cluster(self.folder)
        self.assertNotIn("\n", str(caught.exception))
        return str(caught.exception).replace(str(self.folder) + "/", "")


class Init(Folders):
    def test_it_writes_a_cluster(self) -> None:
        cluster = Cluster(self.folder)
        self.assertEqual((cluster.masters, cluster.workers), (["pi1"], ["pi2", "pi3"]))
        self.assertEqual(cluster.master_url, "spark://192.168.1.11:7077")
        self.assertEqual(cluster.page, "http://192.168.1.11:8080")
        self.assertEqual(cluster.login, Login("pi"))
        self.assertEqual([cluster.roles(name) for name in cluster.hosts], ["master", "worker", "worker"])

    def test_ansible_reads_the_same(self) -> None:
        login = Login('a "b": #c', "/home/my pi/.ssh/key")
        path = self.make(self.place / "my cluster", login)
        loader = DataLoader()
        found = InventoryManager(loader=loader, sources=[str(path / "inventory.yml")])
        self.assertEqual(found.get_groups_dict()["workers"], ["pi2", "pi3"])
        given = VariableManager(loader=loader, inventory=found).get_vars(host=found.get_host("pi2"))
        self.assertEqual(given["ansible_host"], "192.168.1.12")
        self.assertEqual((given["ansible_user"], given["ansible_ssh_private_key_file"]), (login.user, login.key))
        self.assertEqual({name: given[name] for name in _DEFAULTS}, _DEFAULTS)
        self.assertEqual(Cluster(path).login, login)

    def test_ssh_keeps_to_the_folders_own_keys_wherever_it_is(self) -> None:
        path = self.make(self.place / "my cluster", Login("pi"))
        words = Cluster(path).login.words(path, accept_new=True)
        # What ssh itself makes of its options.
        said = subprocess.run([*words, "-G", "pi2"], capture_output=True, text=True, timeout=20).stdout.splitlines()
        self.assertIn(f"userknownhostsfile {path}/known_hosts", said)
        self.assertIn("stricthostkeychecking accept-new", said)

    def test_known_hosts_of_virtual_pis_are_theirs(self) -> None:
        login = Login("pi", "/var/key", "/var/lib/virtual/known_hosts")
        self.assertEqual(Cluster(self.make(self.place / "virtual", login)).login, login)

    def test_the_secret(self) -> None:
        secret = self.folder / "secret"
        self.assertEqual(secret.stat().st_mode & 0o777, 0o600)
        self.assertRegex(secret.read_text(), r"\A[0-9a-f]{64}\Z")
        other = self.make(self.place / "other", Login("pi")) / "secret"
        self.assertNotEqual(secret.read_text(), other.read_text())
        self.assertEqual(self.folder.stat().st_mode & 0o777, 0o700)
        for file in ("inventory.yml", "group_vars/all.yml"):
            self.assertNotIn(secret.read_text(), (self.folder / file).read_text())

    def test_the_settings_are_the_defaults_with_their_reasons(self) -> None:
        text = (self.folder / "group_vars/all.yml").read_text()
        self.assertEqual(yaml.safe_load(text), _DEFAULTS)
        self.assertEqual(text.count("\n# --- "), 7)

    def test_half_a_folder_is_none(self) -> None:
        path = self.place / "half"
        with self.assertRaises(KeyboardInterrupt), folder.new(path) as partial:
            (partial / "secret").write_text("x")
            raise KeyboardInterrupt
        self.assertEqual([each.name for each in self.place.iterdir()], ["cluster"])
        # What a power cut left.
        (self.place / "half.partial").mkdir()
        (self.place / "half.partial/inventory.yml").write_text("half")
        self.assertEqual(Cluster(self.make(path, Login("pi"))).masters, ["pi1"])

    def test_nothing_is_overwritten(self) -> None:
        before = self.read()
        with self.assertRaisesRegex(BadInput, "has a cluster already"):
            self.make(self.folder, Login("pi"))
        self.assertEqual(self.read(), before)
        with self.assertRaisesRegex(BadInput, "^--cluster: .* is not an empty folder: choose another one$"):
            self.make(self.place, Login("pi"))

    def test_one_program_at_a_time(self) -> None:
        with folder.lock(self.folder):
            with self.assertRaisesRegex(BadInput, "another ./sparkberry cluster is at work"), folder.lock(self.folder):
                pass
        with self.assertRaises(BlockingIOError), folder.lock(self.folder):
            raise BlockingIOError("somebody else's")


class Inventories(Folders):
    def test_what_is_wrong_is_named(self) -> None:
        pi1 = "master: {hosts: {pi1: {ansible_host: 10.0.0.1}}}"

        def tree(workers: str, master: str = pi1) -> str:
            return f"all: {{children: {{{master}, workers: {{hosts: {workers}}}}}}}"

        form = "inventory.yml: has no all: children: master: and workers: as cluster-setup/inventory.example.yml has them"
        for text, said in {
            "all: [": "inventory.yml is not YAML (line 1): expected the node content, but found '<stream end>'",
            "": form,
            "a word": form,
            "all: {hosts: {pi1: }}": form,
            "all: {children: [master]}": form,
            "all: {children: {master: pi1}}": form,
            tree("[pi2]"): form,
            tree("{pi2: 10.0.0.2}"): form,
            tree("{pi2: [1]}"): form,
            "all: {vars: 7, children: {master: {hosts: {}}}}": form,
            tree("{}"): "inventory.yml: the group workers is empty: name a node there",
            tree("{pi2: {ansible_host: 10.0.0.2}}", "master: {}"): "inventory.yml: the group master must have one node, not 0",
            tree("{pi2: }"): "inventory.yml: ansible_host of pi2 must be an IPv4 address, not 'pi2': Spark binds to it",
            tree("{'pi[2:3]': {ansible_host: x}}"): "inventory.yml: Ansible takes the name 'pi[2:3]' for something else: give"
            " the node another one",
            tree("{2: {ansible_host: 10.0.0.2}}"): "inventory.yml: Ansible takes the name '2' for something else: give the"
            " node another one",
            tree("{localhost: {ansible_host: 10.0.0.2}}"): "inventory.yml: Ansible takes the name 'localhost' for something"
            " else: give the node another one",
            tree("{pi2: {ansible_host: 10.0.0.1}}"): "inventory.yml: pi1 and pi2 have the same address 10.0.0.1",
            tree("{pi2: {ansible_host: 10.0.0.2, worker_cores: 0}}"): "inventory.yml: pi2: worker_cores: must be auto, or a"
            " number from 1 on: '0'",
        }.items():
            with self.subTest(text):
                self.write(text)
                self.assertEqual(self.refused(), said)

    def test_bytes_that_are_no_text(self) -> None:
        (self.folder / "inventory.yml").write_bytes(b"\xff\xfe")
        self.assertRegex(self.refused(), "^inventory.yml cannot be read: ")

    def test_secrets_that_are_none(self) -> None:
        secret = self.folder / "secret"
        secret.chmod(0o640)
        self.assertRegex(self.refused(), "^secret can be read by others: chmod 600 ")
        secret.chmod(0o600)
        for content in (b"", b"short\n", b"\xff" * 64, b"a b " * 20):
            secret.write_bytes(content)
            with self.subTest(content):
                self.assertRegex(self.refused(), "^secret is missing or too short: umask 077; openssl rand -hex 32 > ")
        secret.unlink()
        self.assertRegex(self.refused(), "^secret is missing")

    def test_a_node_may_be_described_in_one_group_and_named_in_another(self) -> None:
        self.write(
            "all: {children: {master: {hosts: {pi1: {ansible_host: 10.0.0.1}}}, workers: {hosts: {pi1: }},"
            " storage: {hosts: {nas: {ansible_host: 10.0.0.9}}}}}"
        )
        cluster = Cluster(self.folder)
        self.assertEqual((cluster.address("pi1"), cluster.roles("pi1"), cluster.roles("nas")), ("10.0.0.1", "master + worker", ""))

    def test_a_master_may_be_called_master(self) -> None:
        self.write(
            "all: {children: {master: {hosts: {master: {ansible_host: 10.0.0.1}}},"
            " workers: {hosts: {pi2: {ansible_host: 10.0.0.2, cluster_address: 10.1.0.2}}}}}"
        )
        cluster = Cluster(self.folder)
        self.assertEqual((cluster.masters, cluster.address("pi2")), (["master"], "10.1.0.2"))

    def test_nodes_are_found_as_people_call_them(self) -> None:
        cluster = Cluster(self.folder)
        for typed in ("pi2", "pi2.local", "192.168.1.12"):
            self.assertEqual(cluster.node(typed), "pi2")
        with self.assertRaisesRegex(BadInput, "^no node is called 'pi4': there are pi"):
            cluster.node("pi4")
        with self.assertRaisesRegex(BadInput, "^no node is called '192.168.1.99': there are "):
            cluster.node("192.168.1.99")

    def test_adding_and_removing_keeps_what_a_person_wrote(self) -> None:
        text = self.read() + "          worker_cores: 3 # it also plays music\n    storage: # later\n      hosts: {}\n"
        self.write("# My rack\n" + text)
        before = self.read()
        cluster = Cluster(self.folder)
        cluster.add([Node("pi4", "192.168.1.14", "new"), Node("pi5", "192.168.1.15")])
        self.assertEqual(cluster.workers, ["pi2", "pi3", "pi4", "pi5"])
        self.assertEqual(Cluster(self.folder).address("pi5"), "192.168.1.15")
        self.assertIn("          worker_cores: 3 # it also plays music\n        pi4:\n", self.read())
        for name in ("pi4", "pi5"):
            cluster.remove(name)
        self.assertEqual(self.read(), before)
        cluster.remove("pi3")
        self.assertNotIn("music", self.read())
        self.assertIn("# My rack", self.read())
        self.assertEqual(cluster.workers, ["pi2"])

    def test_another_layout_is_left_alone(self) -> None:
        hosts = {"pi2": {"ansible_host": "10.0.0.2"}, "pi3": {"ansible_host": "10.0.0.3"}}
        groups: dict[str, Any] = {"master": {"hosts": {"pi1": {"ansible_host": "10.0.0.1"}}}, "workers": {"hosts": hosts}}
        self.write(json.dumps({"all": {"children": groups}}))
        before = self.read()
        with self.assertRaisesRegex(BadInput, "is laid out in another way than init does it: change it by hand, then 'up'"):
            Cluster(self.folder).add([Node("pi4", "10.0.0.4")])
        with self.assertRaisesRegex(BadInput, "is laid out in another way"):
            Cluster(self.folder).remove("pi3")
        self.assertEqual(self.read(), before)

    def test_a_power_cut_leaves_the_old_inventory(self) -> None:
        before = self.read()
        with mock.patch.object(folder.os, "fsync", side_effect=KeyboardInterrupt), self.assertRaises(KeyboardInterrupt):
            Cluster(self.folder).add([Node("pi4", "192.168.1.14")])
        self.assertEqual(self.read(), before)
        Cluster(self.folder).add([Node("pi4", "192.168.1.14")])


class Settings(Folders):
    def test_what_is_wrong_is_named(self) -> None:
        memory = "must be a memory such as 512m or 2g"
        for text, said in {
            "- a": "must have lines such as 'encryption: true'",
            "encryptoin: false": "unknown setting 'encryptoin': do you mean encryption?",
            "1: 2": "unknown setting '1'",
            "encryption: 1": "encryption: must be true or false: '1'",
            "firewall: 'no'": "firewall: must be true or false: 'no'",
            "worker_cores: 0": "worker_cores: must be auto, or a number from 1 on: '0'",
            "worker_cores: true": "worker_cores: must be auto, or a number from 1 on: 'True'",
            "worker_memory: 2800": f"worker_memory: {memory}, or auto: '2800'",
            "master_heap: auto": f"master_heap: {memory}: 'auto'",
            "master_port: 80": "master_port: must be from 1024 to 65535: '80'",
            "ssh_port: 0": "ssh_port: must be from 1 to 65535: '0'",
            "worker_timeout_seconds: 1.5": "worker_timeout_seconds: must be a whole number: '1.5'",
            "worker_timeout_seconds: true": "worker_timeout_seconds: must be a whole number: 'True'",
            "open_ports: 80": "open_ports: must be a list such as [a, b]: '80'",
            "open_ports: [ssh]": "open_ports: must be a list of ports: '['ssh']'",
            "open_ports: [true]": "open_ports: must be a list of ports: '[True]'",
            "driver_addresses: [pc.local]": "driver_addresses: must be a list of IPv4 addresses or ranges such as"
            " 192.168.1.0/24: '['pc.local']'",
            "executor_collector: ZGC": "executor_collector: must be Serial, Parallel or G1: 'ZGC'",
            "data_folder: data": "data_folder: must be an absolute path: 'data'",
            "data_folder: /mnt/../etc": "data_folder: must be an absolute path: '/mnt/../etc'",
            "data_folder: /mnt/my ssd": "data_folder: must be an absolute path: '/mnt/my ssd'",
            "spark_archive: /none": "spark_archive: must be a file: '/none'",
            "spark_archive_sha512: abc": "spark_archive_sha512: must be 128 hexadecimal digits: 'abc'",
            "worker_port: 7077": "master_port (up to 7077) and worker_port (from 7077) overlap: move one of them",
            "port_tries: 50": "driver_port (up to 7350) and driver_block_port (from 7320) overlap: move one of them",
            "{executor_port: 65530}": "executor_port and port_tries together go beyond 65535: lower one of them",
            "a: b: c": None,
        }.items():
            self.set(text)
            with self.subTest(text):
                found = self.refused()
                self.assertTrue(found.startswith("group_vars/all.yml"))
                if said:
                    self.assertEqual(found, f"group_vars/all.yml: {said}")

    def test_a_folder_that_services_do_not_see_holds_no_data(self) -> None:
        for path in ("/home/pi/spark", "/tmp/spark", "/root/x", "/etc", "/run/spark"):
            self.set(f"data_folder: {path}")
            with self.subTest(path):
                self.assertRegex(self.refused(), "data_folder: must be a folder outside /home, /root, /tmp, ")

    def test_what_is_right(self) -> None:
        for text in ("", "# nothing", "data_folder: /mnt/ssd", "worker_cores: 3", "executor_memory: 480m", "firewall: no",
                     "driver_addresses: [192.168.1.5, 192.168.1.0/24]", "open_ports: [80, 443]"):  # fmt: skip
            self.set(text)
            with self.subTest(text):
                self.assertEqual(Cluster(self.folder).settings, {**_DEFAULTS, **(yaml.safe_load(text) or {})})
        (self.folder / "group_vars/all.yml").unlink()
        self.assertEqual(Cluster(self.folder).settings, _DEFAULTS)


if __name__ == "__main__":
    unittest.main()
