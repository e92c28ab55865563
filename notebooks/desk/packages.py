"""What the notebooks need beside Sparkberry, from Debian's own packages: no pip, no other download."""
import os
import shutil
import subprocess
import sys
from collections.abc import Callable

from desk.problem import BadInput, Failed

PACKAGES = (
    *("jupyter-notebook", "jupyter-nbconvert", "python3-ipykernel"),
    *("python3-pandas", "python3-matplotlib", "python3-h5py"),
)
_IMPORTS = "import notebook, nbconvert, ipykernel, pandas, matplotlib, h5py"


def find_python() -> str | None:
    """A Python that has everything: the one that runs this, else Debian's own."""
    for python in (sys.executable, "/usr/bin/python3"):
        if os.access(python, os.X_OK) and subprocess.run([python, "-c", _IMPORTS], capture_output=True).returncode == 0:
            return python
    return None


def ready(may_install: Callable[[str], bool], say: Callable[[str], None]) -> str:
    """A Python that has everything, installed if it is missing and that is allowed."""
    python = find_python()
    if python:
        return python
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    # Without what they recommend: compilers and a scientific library or two that no notebook uses.
    install = [*sudo, "apt-get", "install", "--no-install-recommends", *PACKAGES]
    if not shutil.which("apt-get"):
        raise BadInput(f"notebooks need Python with notebook, nbconvert, ipykernel, pandas, matplotlib and h5py: {_IMPORTS}")
    if not may_install(" ".join(install)):
        raise BadInput(f"notebooks need packages that are missing: {' '.join(install)}")
    if sudo and not shutil.which("sudo"):
        raise BadInput("there is no sudo here: install them as root")
    say("installing " + " ".join(PACKAGES))
    subprocess.run([*sudo, "apt-get", "update"], stdout=sys.stderr)  # the lists at hand may do
    if subprocess.run([*install, "--yes"], stdout=sys.stderr).returncode != 0:
        raise Failed(f"apt-get could not install them: {' '.join(install)}")
    python = find_python()
    if not python:
        raise Failed("installed them, but Debian's Python still lacks one: /usr/bin/python3 -c '" + _IMPORTS + "'")
    return python
