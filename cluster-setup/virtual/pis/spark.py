"""Spark in the nodes without provisioning: this machine lends runtime and Java, units start a master and workers."""
import csv
import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from pis import host
from pis.base import LOGIN
from pis.models import ROOT, Model
from terminal import BadInput, Failed

PORT = 7077
PAGE = 8080
_MASTER_HEAP = "160m"
_WORKER_HEAP = "96m"

# What provisioning gives to workers too.
_SIZES = ROOT / "cluster-setup/worker-sizes.csv"


@dataclass(frozen=True)
class Spark:
    home: str
    java: str

    @property
    def folders(self) -> tuple[str, ...]:
        """What nodes need of this machine."""
        return (self.home, self.java, *_outside(Path(self.java)))


def find() -> Spark:
    """The Spark and the Java of this machine."""
    home = Path(os.environ.get("SPARK_HOME") or ROOT / "cluster-setup/runtime/target/spark")
    if not list((home / "jars").glob("spark-core_*.jar")):
        raise BadInput(
            f"--spark: {home} is not a Spark home: ./sparkberry jobs makes one, or sudo SPARK_HOME=DIR ./sparkberry …"
        )
    java = Path(os.environ.get("JAVA_HOME") or _java_on_path())
    if not os.access(java / "bin/java", os.X_OK):
        raise BadInput(f"--spark: JAVA_HOME={java} has no bin/java: point it to a JDK 17 or newer, or unset it")
    return Spark(str(home.resolve()), str(java.resolve()))


def _java_on_path() -> Path:
    java = shutil.which("java")
    if not java:
        raise BadInput("--spark: found no java: apt-get install default-jdk-headless, or set JAVA_HOME")
    return Path(java).resolve().parent.parent


def _outside(java: Path) -> list[str]:
    """Folders that the JDK's links lead to: Debian keeps its settings and certificates in /etc."""
    targets = (link.resolve() for link in java.rglob("*") if link.is_symlink())
    folders = {target.parent for target in targets if target.exists() and target.is_relative_to("/etc")}
    return sorted(str(folder) for folder in folders if not any(other in folder.parents for other in folders))


def worker_mebibytes(model: Model) -> int:
    """What a worker on this board may give to executors."""
    with _SIZES.open(newline="") as file:
        fitting = [row for row in csv.DictReader(file) if model.ram_mebibytes >= int(row["ramMebibytes"])]
    if not fitting:
        raise BadInput(
            f"--model: {model.key} has {model.ram_mebibytes} MiB, too few for a Spark worker (1024 at least):"
            " choose another model, or leave --spark out"
        )
    return int(fitting[-1]["workerMebibytes"])


class Units:
    """The units of one cluster."""

    def __init__(self, spark: Spark, master_address: str) -> None:
        self._spark = spark
        self._master = master_address
        self._master_command = self._command(
            "org.apache.spark.deploy.master.Master",
            _MASTER_HEAP,
            "-Dspark.master.rest.enabled=false -Dspark.ui.killEnabled=false",
        )
        self._worker_command = self._command(
            "org.apache.spark.deploy.worker.Worker", _WORKER_HEAP, "-Dspark.worker.cleanup.enabled=true"
        )

    def install_master(self, layer: Path) -> None:
        arguments = ["--host", self._master, "--port", str(PORT), "--webui-port", str(PAGE)]
        self._install(layer, "spark-master", self._master_command + arguments, self._master)

    def install_worker(self, layer: Path, model: Model, address: str) -> None:
        arguments = ["--host", address, "--cores", str(model.cores), "--memory", f"{worker_mebibytes(model)}m"]
        arguments += ["--work-dir", "/var/lib/spark/work", f"spark://{self._master}:{PORT}"]
        self._install(layer, "spark-worker", self._worker_command + arguments, address)

    def _command(self, daemon: str, heap: str, options: str) -> list[str]:
        """Spark's own launcher says how; asked here, since Java starts slowly on a small share of a processor."""
        # Daemons wait more than they compute: the quick compiler is enough for them.
        lean = f"-XX:+UseSerialGC -XX:TieredStopAtLevel=1 {options}"
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK_", "JAVA_"))}
        environment |= {
            "SPARK_HOME": self._spark.home,
            "SPARK_SCALA_VERSION": "2.13",
            "JAVA_HOME": self._spark.java,
            "SPARK_DAEMON_MEMORY": heap,
            "SPARK_DAEMON_JAVA_OPTS": lean,
        }
        done = subprocess.run(
            [
                f"{self._spark.java}/bin/java",
                "-cp",
                f"{self._spark.home}/jars/*",
                "org.apache.spark.launcher.Main",
                daemon,
            ],
            env=environment,
            capture_output=True,
            text=True,
            preexec_fn=host.dying_with(os.getpid()),
        )
        words = [word.strip() for word in done.stdout.split("\0") if word.strip()]
        if done.returncode != 0 or daemon not in words:
            said = (done.stderr.strip() or "it said nothing").splitlines()[-1]
            raise Failed(f"{self._spark.home}: Spark's launcher does not say how to start {daemon}: {said}")
        return words

    def _install(self, layer: Path, name: str, words: list[str], address: str) -> None:
        environment = {"SPARK_HOME": self._spark.home, "SPARK_SCALA_VERSION": "2.13", "JAVA_HOME": self._spark.java}
        environment |= {"SPARK_LOCAL_IP": address, "SPARK_LOCAL_DIRS": "/var/lib/spark/local", "MALLOC_ARENA_MAX": "2"}
        settings = "\n".join(f'Environment="{key}={value}"' for key, value in environment.items())
        units = layer / "etc/systemd/system"
        (units / "multi-user.target.wants").mkdir(parents=True, exist_ok=True)
        (units / f"{name}.service").write_text(
            f"""[Unit]
Description=Spark's {name.removeprefix('spark-')}, lent

[Service]
{settings}
User={LOGIN}
StateDirectory=spark
WorkingDirectory=/var/lib/spark
ExecStart={' '.join(shlex.quote(word).replace('%', '%%').replace('$', '$$') for word in words)}
Restart=always
RestartSec=2
SuccessExitStatus=143
"""
        )
        wanted = units / "multi-user.target.wants" / f"{name}.service"
        wanted.unlink(missing_ok=True)
        wanted.symlink_to(f"/etc/systemd/system/{name}.service")
