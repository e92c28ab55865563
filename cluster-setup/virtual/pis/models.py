"""The node models of nodes.csv, the same file that `sparkberry plan` reads."""
import csv
from dataclasses import dataclass
from pathlib import Path

from terminal import BadInput

ROOT = Path(__file__).resolve().parents[3]
FILE = ROOT / "jobs/src/main/resources/org/sparkberry/scaling/nodes.csv"


@dataclass(frozen=True)
class Model:
    key: str
    name: str
    cores: int
    ram_mebibytes: int
    network_megabits: float


def load() -> dict[str, Model]:
    with FILE.open(newline="", encoding="utf-8") as file:
        return {
            row["key"]: Model(
                row["key"],
                row["name"],
                int(row["cores"]),
                int(row["ramMebibytes"]),
                float(row["networkMegabits"]),
            )
            for row in csv.DictReader(file)
        }


def find(key: str) -> Model:
    models = load()
    if key not in models:
        raise BadInput(f"--model: unknown model '{key}'; known are {', '.join(models)}")
    return models[key]
