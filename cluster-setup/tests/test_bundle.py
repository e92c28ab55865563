"""What is copied to the nodes."""
import hashlib
import io
import os
import tarfile
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

from rack import bundle
from terminal import BadInput, Failed


class Bundles(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "pom.xml").write_text("<spark.version>4.2.0</spark.version>\n")
        for patch in (
            mock.patch.object(bundle, "build"),
            mock.patch.object(bundle, "say"),
            mock.patch.object(bundle, "ROOT", self.folder),
            mock.patch.object(bundle, "_TARGET", self.folder / "target"),
            mock.patch.object(bundle, "_HOME", self.folder / "spark"),
        ):
            patch.start()
            self.addCleanup(patch.stop)

    def home(self, stamp: int, mode: int) -> None:
        """A made-up Spark home."""
        for name in ("jars/b.jar", "jars/a.jar", "bin/spark-class", "conf/spark-defaults.conf", "RELEASE"):
            file = self.folder / "spark" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(name)
            file.chmod(mode | (0o100 if "bin" in name else 0))
            os.utime(file, (stamp, stamp))

    def make(self, **settings: str) -> bundle.Bundle:
        return bundle.make({"spark_archive": "", "spark_archive_sha512": "", **settings})

    def test_the_same_bytes_whoever_packs_it(self) -> None:
        self.home(1000, 0o600)
        first = self.make()
        packed = first.file.read_bytes()
        first.file.unlink()
        self.home(2000, 0o644)
        second = self.make()
        self.assertEqual((second.file, second.id), (first.file, first.id))
        self.assertEqual(second.file.read_bytes(), packed)
        self.assertEqual(second.file.name, f"spark-{hashlib.sha256(packed).hexdigest()[:12]}.tar")

    def test_nodes_may_read_it_and_this_machines_settings_stay_here(self) -> None:
        self.home(1000, 0o600)
        with tarfile.open(self.make().file) as archive:
            modes = {member.name: (member.mode, member.uid, member.mtime) for member in archive}
        self.assertEqual(modes["spark/jars/a.jar"], (0o644, 0, 0))
        self.assertEqual(modes["spark/bin/spark-class"], (0o755, 0, 0))
        self.assertEqual(modes["spark/jars"], (0o755, 0, 0))
        self.assertNotIn("spark/conf/spark-defaults.conf", modes)

    def test_it_is_packed_again_only_if_the_home_is_newer(self) -> None:
        self.home(1000, 0o644)
        first = self.make()
        with mock.patch.object(bundle.tarfile, "open", side_effect=AssertionError):
            self.assertEqual(self.make(), first)
        (self.folder / "spark/jars/c.jar").write_text("new")
        os.utime(self.folder / "spark/RELEASE")
        os.utime(first.file, (2000, 2000))
        second = self.make()
        self.assertNotEqual(second.id, first.id)
        self.assertEqual(list((self.folder / "target").iterdir()), [second.file])

    def test_what_was_interrupted_is_not_taken_for_whole(self) -> None:
        self.home(1000, 0o644)
        with mock.patch.object(bundle.os, "fsync", side_effect=KeyboardInterrupt), self.assertRaises(KeyboardInterrupt):
            self.make()
        self.assertTrue(tarfile.is_tarfile(self.make().file))
        self.assertEqual(len(list((self.folder / "target").iterdir())), 1)

    def official(self, *names: str) -> tuple[str, str]:
        """A made-up archive of Spark's publisher, and its sum."""
        file = self.folder / "spark.tgz"
        with tarfile.open(file, "w:gz") as archive:
            for name in names:
                archive.addfile(tarfile.TarInfo(name), io.BytesIO())
        return str(file), hashlib.sha512(file.read_bytes()).hexdigest()

    def refused(self, file: str, sum_: str) -> str:
        with self.assertRaises(BadInput) as caught:
            self.make(spark_archive=file, spark_archive_sha512=sum_)
        self.assertNotIn("\n", str(caught.exception))
        return str(caught.exception)

    def test_an_official_archive(self) -> None:
        for top in ("", "./"):
            file, sum_ = self.official(f"{top}spark-4.2.0-bin-hadoop3/jars/spark-core_2.13-4.2.1.jar")
            made = self.make(spark_archive=file, spark_archive_sha512=sum_.upper())
            self.assertEqual((made.file, made.id), (Path(file), sum_[:12]))

    def test_another_file_than_the_publishers(self) -> None:
        file, sum_ = self.official("spark/jars/spark-core_2.13-4.2.0.jar")
        self.assertRegex(self.refused(file, "0" * 128), f"is not what spark_archive_sha512 says \\(its SHA-512 is {sum_}\\)")
        self.assertRegex(self.refused(file, ""), "^spark_archive_sha512: must be set beside spark_archive")

    def test_another_spark(self) -> None:
        for name in ("spark-core_2.13-3.5.1.jar", "spark-core_2.12-4.2.0.jar", "spark-core_2.13-4.20.0.jar", "other.jar"):
            with self.subTest(name):
                self.assertRegex(self.refused(*self.official(f"spark/jars/{name}")), "is not Spark 4.2 for Scala 2.13")

    def test_what_is_no_archive(self) -> None:
        file = self.folder / "page.html"
        for content in (b"<html>not found</html>", b"", b"\x1f\x8b\x08\x00 cut off"):
            file.write_bytes(content)
            with self.subTest(content):
                self.assertRegex(self.refused(str(file), hashlib.sha512(content).hexdigest()), "is not an archive")


class Builds(unittest.TestCase):
    def test_a_build_that_fails_is_said(self) -> None:
        done: Any = mock.Mock(returncode=1)
        with mock.patch.object(bundle.subprocess, "run", return_value=done), self.assertRaises(Failed):
            bundle.build()


if __name__ == "__main__":
    unittest.main()
