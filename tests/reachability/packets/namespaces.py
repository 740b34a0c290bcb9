"""Network namespaces without names: made, entered and linked; the kernel removes them when this process ends."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

# Python has these calls from 3.12 on.
_LIBC = ctypes.CDLL(None, use_errno=True)
_CLONE_NEWNET, _CLONE_NEWNS = 0x40000000, 0x00020000
_MS_BIND, _MS_REC, _MS_PRIVATE = 0x1000, 0x4000, 0x40000
_PR_SET_PDEATHSIG = 1

SYSCTLS = {
    "net/ipv4/ip_forward": "1",
    "net/ipv4/conf/all/rp_filter": "0",
    "net/ipv4/conf/default/rp_filter": "0",
    "net/ipv4/conf/all/send_redirects": "0",
    "net/ipv4/conf/default/send_redirects": "0",
    "net/ipv4/conf/all/accept_redirects": "0",
    "net/ipv4/icmp_ratelimit": "0",
    "net/ipv6/conf/all/forwarding": "1",
    "net/ipv6/conf/all/accept_dad": "0",
    "net/ipv6/conf/default/accept_dad": "0",
}


def _call(name: str, *arguments: object) -> None:
    if getattr(_LIBC, name)(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def end_with_parent() -> None:
    _call("prctl", _PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def own_resolv_conf(text: str, folder: Path) -> Path:
    """Give this process a resolv.conf that nobody else sees; return where that is.

    The file behind it is gone with its folder: only this process holds it.
    """
    _call("unshare", _CLONE_NEWNS)
    _call("mount", b"none", b"/", None, _MS_REC | _MS_PRIVATE, None)
    own, known = folder / "resolv.conf", Path("/etc/resolv.conf")
    own.write_text(text, encoding="ascii")
    _call("mount", bytes(own), bytes(known), None, _MS_BIND, None)
    return known


class Namespace:
    """A network of its own. `inside` moves the calling thread into it, and what the thread starts."""

    def __init__(self) -> None:
        maker = Thread(target=self._make)
        maker.start()
        maker.join()
        self._is_on()

    def _make(self) -> None:
        _call("unshare", _CLONE_NEWNET)
        self.file = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)

    def _is_on(self) -> None:
        self.run("ip link set lo up")
        with self.inside():
            for name, value in SYSCTLS.items():
                Path("/proc/sys", name).write_text(value, encoding="ascii")

    @contextmanager
    def inside(self) -> Iterator[None]:
        before = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
        _call("setns", self.file, _CLONE_NEWNET)
        try:
            yield
        finally:
            _call("setns", before, _CLONE_NEWNET)
            os.close(before)

    def run(self, command: str, *, given: str = "") -> None:
        with self.inside():
            run = subprocess.run(command.split(), input=given, capture_output=True, text=True, check=False)
        if run.returncode:
            message = f"{command}: {run.stderr.strip()}\n{given}"
            raise RuntimeError(message)

    def ip(self, *lines: str) -> None:
        self.run("ip -batch -", given="\n".join(lines))

    def ip6(self, *lines: str) -> None:
        """Do what an address does not say that it is about IPv6."""
        self.run("ip -6 -batch -", given="\n".join(lines))

    def nft(self, table: str, *chains: str) -> None:
        """Replace a table."""
        rules = "\n".join(chains)
        self.run("nft -f -", given=f"table inet {table}\ndelete table inet {table}\ntable inet {table} {{\n{rules}\n}}")

    def link(self, name: str, other: Namespace, other_name: str) -> None:
        """Lay a cable to another namespace."""
        self.ip(
            f"link add {name} type veth peer name {other_name} netns /proc/{os.getpid()}/fd/{other.file}",
            f"link set {name} up",
        )
        other.ip(f"link set {other_name} up")


CLOSED: Final = "filter hook forward priority filter; policy drop"
STATEFUL: Final = "ct state established,related accept"


def chain(name: str, hook: str, *rules: str) -> str:
    """Write a chain for `Namespace.nft`; ``hook`` is where it hangs and what it does without a matching rule."""
    return "\n".join((f"chain {name} {{", f"type {hook};", *rules, "}"))
