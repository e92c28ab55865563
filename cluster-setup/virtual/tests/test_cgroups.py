import tempfile
import unittest
from pathlib import Path
from unittest import mock

from pis import cgroups


class Trees(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.mount = Path(folder.name)
        (self.mount / "cgroup.controllers").write_text("cpuset cpu io memory pids\n")

    def test_of_v1_only_those_are_used_that_limit_or_that_systemd_needs(self) -> None:
        mounts = (
            "cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,relatime,cpu,cpuacct 0 0\n"
            "cgroup /sys/fs/cgroup/cpuset cgroup rw,relatime,cpuset 0 0\n"
            "cgroup /sys/fs/cgroup/memory cgroup rw,relatime,memory 0 0\n"
            "cgroup /sys/fs/cgroup/systemd cgroup rw,relatime,name=systemd 0 0\n"
            "/dev/vda / ext4 rw,relatime 0 0\n"
        )

        found = cgroups.trees(mounts)

        self.assertEqual([tree.mount.name for tree in found], ["cpu,cpuacct", "memory", "systemd"])
        self.assertEqual(found[0].controllers, {"cpu", "cpuacct"})
        self.assertFalse(any(tree.is_v2 for tree in found))

    def test_v2_is_limited_with_the_files_of_the_kernels_documentation(self) -> None:
        # Linux, Documentation/admin-guide/cgroup-v2.rst: cpu.max is "$MAX $PERIOD", memory.max is in bytes.
        mounts = f"cgroup2 {self.mount} cgroup2 rw,nosuid 0 0\n"
        with (
            mock.patch.object(cgroups.host, "is_run_by_systemd", return_value=False),
            mock.patch.object(cgroups.Path, "read_text", autospec=True, side_effect=_reading(mounts)),
        ):
            groups = cgroups.Groups()
            groups.create(["pi1"])
            groups.limit_processors("pi1", 0.4)
            groups.limit_memory("pi1", 1024)
            groups.renew_machine("pi1")
            groups.create(["pi2"])
            groups.limit_processors("pi2", 0.01)

        top = self.mount / "sparkberry-virtual"
        self.assertEqual((top / "pi1/cpu.max").read_text(), "8000 20000")
        self.assertEqual((top / "pi1/memory.max").read_text(), "1073741824")
        self.assertEqual((self.mount / "cgroup.subtree_control").read_text(), "+cpu +memory +pids")
        self.assertEqual((top / "cgroup.subtree_control").read_text(), "+cpu +memory +pids")
        self.assertEqual((top / "pi1/cgroup.subtree_control").read_text(), "+cpu +memory +pids")
        self.assertTrue((top / "pi1/machine").is_dir())
        # The kernel takes no quota below 1000.
        self.assertEqual((top / "pi2/cpu.max").read_text(), "1000 100000")


def _reading(mounts: str):
    real = Path.read_text

    def read(path: Path, *words: object) -> str:
        return mounts if str(path) == "/proc/self/mounts" else real(path, *words)

    return read


if __name__ == "__main__":
    unittest.main()
