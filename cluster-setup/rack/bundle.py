"""What is copied to the nodes: a Spark home in one file, and the jobs."""
import fcntl
import hashlib
import os
import re
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rack.folder import SETUP
from rack.options import ROOT
from terminal import BadInput, Failed, say

_HOME = SETUP / "runtime/target/spark"
_TARGET = SETUP / "target"
JAR = ROOT / "jobs/target/sparkberry.jar"


@dataclass(frozen=True)
class Bundle:
    """file: an archive with one folder in it; id: of its bytes."""

    file: Path
    id: str

    @property
    def variables(self) -> dict[str, str]:
        return {"bundle": str(self.file), "bundle_id": self.id, "jar": str(JAR)}


def build() -> None:
    """Has the launcher build what is missing or old."""
    done = subprocess.run([ROOT / "sparkberry", "jobs"], stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Failed("Sparkberry could not be built: what is wrong is above")


def make(settings: dict[str, Any]) -> Bundle:
    """The archive for the nodes, made if it is missing or old."""
    build()
    return _official(settings) if settings["spark_archive"] else _own()


def _official(settings: dict[str, Any]) -> Bundle:
    file = Path(settings["spark_archive"])
    wanted = settings["spark_archive_sha512"].lower()
    if not wanted:
        raise BadInput("spark_archive_sha512: must be set beside spark_archive: its publisher states it")
    found = _sum(file, "sha512")
    if found != wanted:
        raise BadInput(f"spark_archive: {file} is not what spark_archive_sha512 says (its SHA-512 is {found}): fetch it again")
    version = re.search(r"<spark.version>(\d+\.\d+)", (ROOT / "pom.xml").read_text())
    core = re.compile(rf"[^/]+/jars/spark-core_2\.13-{re.escape(version[1] if version else '')}\.[^/]*\.jar")
    try:
        with tarfile.open(file) as archive:
            is_spark = any(core.fullmatch(member.name.removeprefix("./")) for member in archive)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise BadInput(f"spark_archive: {file} is not an archive: {str(error).splitlines()[0].rstrip(':')}") from None
    if not is_spark:
        raise BadInput(f"spark_archive: {file} is not Spark {version[1] if version else ''} for Scala 2.13: choose that one")
    return Bundle(file, found[:12])


def _own() -> Bundle:
    _TARGET.mkdir(exist_ok=True)
    descriptor = os.open(_TARGET, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)  # two clusters may be set up from here
        return _packed()
    finally:
        os.close(descriptor)


def _packed() -> Bundle:
    made = sorted(_TARGET.glob("spark-*.tar"))
    if len(made) == 1 and made[0].stat().st_mtime > (_HOME / "RELEASE").stat().st_mtime:
        return Bundle(made[0], made[0].stem.removeprefix("spark-"))
    say("packing the Spark home for the nodes")
    for old in _TARGET.glob("spark-*"):
        old.unlink()
    partial = _TARGET / "spark-partial"
    with partial.open("wb") as output:
        with tarfile.open(fileobj=output, mode="w", format=tarfile.GNU_FORMAT) as archive:
            archive.add(_HOME, "spark", filter=_plain)
        output.flush()
        os.fsync(output.fileno())  # its name will say that it is whole
    identity = _sum(partial, "sha256")[:12]
    return Bundle(partial.rename(_TARGET / f"spark-{identity}.tar"), identity)


def _plain(member: tarfile.TarInfo) -> "tarfile.TarInfo | None":
    """The same bytes whoever packs it: the nodes see by its sum whether they have it."""
    if member.name == "spark/conf/spark-defaults.conf":  # this machine's own
        return None
    member.mtime = member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
    return member


def _sum(file: Path, kind: str) -> str:
    digest = hashlib.new(kind)
    with file.open("rb") as source:
        while chunk := source.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
