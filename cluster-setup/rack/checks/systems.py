"""What a node runs: bits, release, Java."""
import re
from collections import Counter

from rack.checks.seen import UP, Found, Node

_GOOD_JAVA = (17, 21, 25)
# What default-jdk-headless is.
_JAVA_OF_RELEASE = {"bookworm": 17, "trixie": 21, "jammy": 11, "noble": 21, "plucky": 21, "questing": 25}


def bits(node: Node) -> Found:
    architecture, width = node.survey.get("architecture"), node.survey.get("userlandBits")
    why = "Spark's native libraries (LZ4, Zstandard, RocksDB) have no 32-bit ARM build"
    cure = "write Raspberry Pi OS Lite (64-bit) to its card with Raspberry Pi Imager"
    if architecture and architecture not in ("aarch64", "x86_64", "arm64"):
        yield node.finds("blocks", "bits", f"runs a kernel for {architecture}, not a 64-bit one", why, cure)
    elif width == 32 or node.survey.get("packageArchitecture") in ("armhf", "armel", "i386"):
        yield node.finds("blocks", "bits", f"has 32-bit programs on a {architecture} kernel", why, cure)


def release(node: Node) -> Found:
    system = node.survey.get("os") or {}
    kind, name = system.get("id"), system.get("name") or "an unknown system"
    version = _number(system.get("version"))
    least = {"debian": 12.0, "raspbian": 12.0, "ubuntu": 22.04}.get(str(kind))
    cure = "write a current Raspberry Pi OS Lite (64-bit) to its card with Raspberry Pi Imager"
    if kind and least is None:
        yield node.finds(
            "warns", "release", f"runs {name}", "the setup is tested on Debian, Raspberry Pi OS and Ubuntu", cure
        )
    elif least and version and version < least:
        why = "its Java is too old for Spark 4.2, and so may its systemd and Python be"
        yield node.finds("blocks", "release", f"runs {name}", why, cure)


def _number(text: object) -> float | None:
    match = re.match(r"\d+(\.\d+)?", str(text or ""))
    return float(match[0]) if match else None


def java(node: Node) -> Found:
    found, codename = node.survey.get("java"), str((node.survey.get("os") or {}).get("codename"))
    cure = "on the node: sudo apt-get install -y openjdk-17-jdk-headless && sudo update-alternatives --auto java"
    if not node.survey:
        return
    if not found:
        if _JAVA_OF_RELEASE.get(codename, 17) < min(_GOOD_JAVA):
            what = f"has no Java, and {codename}'s default is {_JAVA_OF_RELEASE[codename]}"
            yield node.finds("blocks", "java", what, "Spark 4.2 needs 17 or newer", cure)
        else:
            yield node.finds("notes", "java", "has no Java yet", "Spark runs on it", f"{UP} installs it")
    elif found.get("major") is None:
        what = f"has a Java at {found['path']} that does not say its version"
        yield node.finds("warns", "java", what, "Spark may not start", f"on the node: {found['path']} -version")
    elif found["major"] < min(_GOOD_JAVA):
        what = f"has Java {found['major']} first in its path ({found['path']})"
        if not found["path"].startswith("/usr/bin/"):
            cure = f"remove {found['path']} on the node"
        yield node.finds("blocks", "java", what, "Spark 4.2 needs 17 or newer", cure)
    elif found["major"] not in _GOOD_JAVA:
        what = f"has Java {found['major']}"
        yield node.finds("warns", "java", what, "17, 21 and 25 are tested, this one is not", cure)


def same_java(nodes: list[Node]) -> Found:
    """Installed, or what the distribution would install."""
    majors = {}
    for node in nodes:
        major = (node.survey.get("java") or {}).get("major")
        coming = _JAVA_OF_RELEASE.get(str((node.survey.get("os") or {}).get("codename")))
        if (major or coming) in _GOOD_JAVA:
            majors[node.name] = major or coming
    counts = Counter(majors.values())
    if len(counts) < 2:
        return
    master = next((majors[node.name] for node in nodes if "master" in node.roles and node.name in majors), None)
    usual = max(counts, key=lambda major: (counts[major], major == master))
    for node in nodes:
        major = majors.get(node.name, usual)
        if major != usual:
            is_there = bool(node.survey.get("java"))
            yield node.finds(
                "blocks" if is_there else "warns",
                "same-java",
                f"{'has' if is_there else 'will get'} Java {major}, most others {usual}",
                "drivers, workers and executors exchange Java objects, and a measurement would compare two compilers",
                f"on the node: sudo apt-get install -y openjdk-{usual}-jdk-headless"
                " && sudo update-alternatives --config java;"
                " or the same release of the system everywhere",
            )
