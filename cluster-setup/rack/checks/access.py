"""Whether this machine and the nodes let in whom they should."""
from typing import Any

from rack.checks.seen import CONTROL, DOCTOR, INVENTORY, Finding, Found, Node


def reached(node: Node) -> Found:
    if node.is_reached:
        return
    said, host = str(node.report.get("message") or ""), node.report.get("sshHost", node.name)
    user, ssh = node.report.get("user") or "pi", node.report.get("ssh")
    why = "without ssh nothing can be seen, installed or mended there"
    if not node.report.get("isTried", True):
        if ssh == "refused":
            what, cure = "is on, but refuses ssh", "on the node: sudo systemctl enable --now ssh"
        else:
            what = f"does not answer at {host} ({ssh})"
            cure = (
                f"switch it on, look at its cable; if it has another address now, correct ansible_host in {INVENTORY}"
            )
    elif "Permission denied" in said:
        what, cure = f"refuses the user {user}", f"ssh-copy-id {user}@{host}"
    elif "REMOTE HOST IDENTIFICATION HAS CHANGED" in said or "Host key verification failed" in said:
        what = "has a host key that is not the known one"
        cure = f"if it was installed anew: ssh-keygen -R {host} -f KNOWN_HOSTS, and ssh {user}@{host} once"
    elif "Could not resolve" in said or node.address is None and ssh == "unknown name":
        what, cure = f"has a name that nobody knows: {host}", f"give its address as ansible_host in {INVENTORY}"
    elif "python" in said and "not found" in said:
        what, cure = "has no Python 3", "on the node: sudo apt-get install -y python3"
    else:
        what = f"does not answer as expected: {_last_line(said) or 'it says nothing'}"
        cure = f"ssh {user}@{host} python3 --version"
    yield node.finds("blocks", "reached", what, why, cure)


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:160] if lines else ""


def sudo(node: Node) -> Found:
    if node.is_reached and not node.report.get("isRoot", True):
        user = node.report.get("user") or "pi"
        yield node.finds(
            "blocks",
            "sudo",
            f"does not let {user} use sudo without a password",
            "packages, users and units need root",
            f"{DOCTOR} --ask-become-pass (and up too), or on the node as root:"
            f" echo '{user} ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/010-{user}",
        )


def secret(control: dict[str, Any]) -> Found:
    """control's secretMode: None if there is no secret; not judged if nobody says."""
    if "secretMode" not in control:
        return
    mode, file = control["secretMode"], control.get("secretFile", "cluster/secret")
    why = "who knows the secret runs code on every node"
    if mode is None:
        cure = f"umask 077; openssl rand -hex 32 > {file}"
        yield Finding("blocks", CONTROL, "secret", "has no secret for the cluster", why, cure)
        return
    bits_set = int(str(mode), 8) if isinstance(mode, str) else int(mode)
    if bits_set & 0o777 != 0o600:
        what = f"has a secret that others may read: mode {bits_set & 0o777:04o}"
        yield Finding("blocks", CONTROL, "secret", what, why, f"chmod 600 {file}")
