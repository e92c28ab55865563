"""./sparkberry notebook: the options, and all text that a person sees."""
import argparse
import getpass
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NoReturn

from desk import packages, review
from desk.problem import BadInput, Failed

NOTEBOOKS = Path(__file__).resolve().parent.parent
_ROOT = NOTEBOOKS.parent
_LOOPBACK = "127.0.0.1"
_FIRST_PORT, _PORTS = 8888, 50
_START_SECONDS = 120  # a Pi that has just booted, from an SD card


def main(words: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(130))
    try:
        options = _parser().parse_args(words)
        if options.strip:
            return _strip()
        python = packages.ready(lambda command: _may_install(command, options.yes), _say)
        _prepare_sparkberry(options.yes)
        return _check(python) if options.check else _serve(python, options)
    except (BadInput, Failed, OSError) as error:
        _say(str(error))
        return 2 if isinstance(error, BadInput) else 1
    except KeyboardInterrupt:
        return 130


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise BadInput(f"{message} (./sparkberry notebook --help shows the options)")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="sparkberry notebook",
        description="starts Jupyter on this machine's results; it listens on the loopback address only, with a token",
    )
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--check", action="store_true", help="execute all notebooks and render them, instead")
    instead.add_argument("--strip", action="store_true", help="take all outputs out of the notebooks, instead")
    parser.add_argument(
        "--host",
        nargs="?",
        const="",
        metavar="NAME",
        help="this machine has no screen: say how to reach it from yours, by this name (default: found out)",
    )
    parser.add_argument("--port", type=int, help=f"where Jupyter listens (default: the first free one from {_FIRST_PORT})")
    parser.add_argument("--yes", action="store_true", help="install what is missing without asking")
    return parser


def _say(words: str) -> None:
    print(f"sparkberry: {words}", file=sys.stderr, flush=True)


def _may_install(command: str, yes: bool) -> bool:
    if yes:
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    _say(f"notebooks need packages that are missing: {command}")
    print("Install them now? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower().startswith("y")


def _prepare_sparkberry(yes: bool) -> None:
    """Builds what is missing now, and not in a cell that would say nothing for minutes."""
    done = subprocess.run([_ROOT / "sparkberry", *(["--yes"] if yes else []), "jobs"], stdout=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(done.returncode)  # it has said why


def _strip() -> int:
    for file in sorted(NOTEBOOKS.glob("*.ipynb")):
        if review.strip(file):
            print(f"stripped  {file.name}")
    return 0


# --- Check ---


def _check(python: str) -> int:
    notebooks = sorted(NOTEBOOKS.glob("*.ipynb"))
    pages = NOTEBOOKS / "target"
    shutil.rmtree(pages, ignore_errors=True)
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sparkberry-notebook-") as clean:
        command = [python, "-m", "desk.pages", str(pages), *map(str, notebooks)]
        code = subprocess.call(command, cwd=NOTEBOOKS, env=_clean_environment(Path(clean)))
    print(f"\n{len(notebooks)} notebooks in {time.monotonic() - start:.0f} s\npages  {pages}/")
    return code


def _clean_environment(folder: Path) -> dict[str, str]:
    """As on a machine on which nobody has configured Jupyter, Python or matplotlib."""
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR")
    for name in places:
        (folder / name).mkdir()
    # The debugger's frozen modules make a kernel print a warning.
    settings = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONNOUSERSITE": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    return os.environ | {name: str(folder / name) for name in places} | settings


# --- Serve ---


def _serve(python: str, options: argparse.Namespace) -> int:
    port = _free_port(options.port)
    token = secrets.token_hex(24)
    # The token is in the environment: command lines are for all users of a machine to see.
    command = [python, "-m", "notebook", "--no-browser", f"--ip={_LOOPBACK}", f"--port={port}", "--log-level=ERROR"]
    # If somebody takes the port meanwhile, it ends: another one would not be the one that is said below.
    command += ["-y", "--NotebookApp.port_retries=0", f"--notebook-dir={NOTEBOOKS}", *(["--allow-root"] if os.geteuid() == 0 else [])]
    server = subprocess.Popen(command, cwd=NOTEBOOKS, env=os.environ | {"JUPYTER_TOKEN": token})
    try:
        _wait_for(server, port)
        print(f"notebooks  http://{_LOOPBACK}:{port}/tree?token={token}")
        if options.host is not None:
            print(f"\nThis machine has no screen? On yours, in a terminal that stays open:\n\n  {_tunnel(options.host, port)}")
            print("\nThen open the address above in a browser there.")
        print("Ctrl-C ends it", flush=True)
        signal.signal(signal.SIGINT, lambda *_: None)  # Jupyter gets it too, and ends
        return server.wait()
    finally:
        server.terminate()
        server.wait()


def _free_port(wanted: int | None) -> int:
    if wanted is not None and not 1 <= wanted <= 65535:
        raise BadInput(f"--port: must be 1 to 65535, not {wanted}")
    ports = range(_FIRST_PORT, _FIRST_PORT + _PORTS) if wanted is None else [wanted]
    for port in ports:
        with socket.socket() as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind((_LOOPBACK, port))
                return port
            except OSError as error:
                reason = error.strerror
    if wanted is None:
        raise BadInput(f"none of the ports {ports[0]} to {ports[-1]} is free ({reason}): give one with --port")
    raise BadInput(f"--port: {wanted} is not to be had ({reason}): choose another, or leave it out")


def _wait_for(server: subprocess.Popen, port: int) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            raise Failed(f"Jupyter ended with exit code {server.returncode}")
        with socket.socket() as door:
            if door.connect_ex((_LOOPBACK, port)) == 0:
                return
        time.sleep(0.2)
    raise Failed(f"Jupyter does not answer after {_START_SECONDS} s")


def _tunnel(name: str, port: int) -> str:
    """The ssh command that brings the port to the reader's own machine."""
    session = os.environ.get("SSH_CONNECTION", "").split()  # client, its port, server, its port
    server = name or (session[2] if len(session) == 4 else socket.gethostname())
    return f"ssh -N -L {port}:{_LOOPBACK}:{port} {getpass.getuser()}@{server}"
