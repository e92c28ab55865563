"""The inventory of the nodes, for Ansible: they are provisioned as real hosts are."""
from collections.abc import Iterable
from pathlib import Path

from pis.base import LOGIN
from pis.node import Node


def text(nodes: Iterable[Node], key: Path, known_hosts: Path) -> str:
    """YAML with the groups master and workers; a single node is in both."""
    nodes = list(nodes)
    master = nodes[:1]
    workers = [node for node in nodes if node.is_worker]
    return f"""# The virtual Pis that are up; written by ./sparkberry virtual up.
all:
  vars:
    ansible_user: {LOGIN}
    ansible_python_interpreter: /usr/bin/python3
    ansible_ssh_private_key_file: {key}
    ansible_ssh_common_args: -o UserKnownHostsFile={known_hosts} -o IdentitiesOnly=yes
  children:
    master:
      hosts:
{_hosts(master)}    workers:
      hosts:
{_hosts(workers)}"""


def _hosts(nodes: list[Node]) -> str:
    return "".join(f"        {node.name}:\n          ansible_host: {node.cable.address}\n" for node in nodes)
