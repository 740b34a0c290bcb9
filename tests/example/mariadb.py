"""A MariaDB of our own: its data, its port and its certificates are the test's, and go with it.

Run as a program it brings the server where there is none and where we may install it, like the browser's.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])


def find() -> str | None:
    """Return the path of a server that is already here."""
    return shutil.which("mariadbd", path=FOLDERS)


def bring() -> None:
    """Install Debian's server. Its service is not started: we start our own."""
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (["update", "-qq"], ["install", "-qqy", "--no-install-recommends", "mariadb-server"]):
        subprocess.run(["apt-get", *command], check=False, env=environment)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class NotStartedError(RuntimeError):
    """MariaDB did not start; its own log says why."""


class Server:
    """One server process over one data folder; ``folder`` holds ``server.pem`` and ``server.key``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        command = ["mariadb-install-db", *self._base, "--auth-root-authentication-method=normal", "--skip-test-db"]
        subprocess.run(command, check=True, capture_output=True)

    @property
    def _base(self) -> list[str]:
        user = ["--user=root"] if os.geteuid() == 0 else []
        return ["--no-defaults", f"--datadir={self.folder / 'data'}", *user]

    def start(self, *options: str) -> None:
        command = [
            find() or "mariadbd",
            *self._base,
            "--bind-address=127.0.0.1",
            f"--port={self.port}",
            f"--socket={self.folder / 'admin.sock'}",
            f"--log-error={self.folder / 'error.log'}",
            f"--pid-file={self.folder / 'pid'}",
            "--skip-name-resolve",
            "--innodb-buffer-pool-size=16M",
            "--innodb-flush-log-at-trx-commit=0",
            *(options or self._tls),
        ]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._wait()

    @property
    def _tls(self) -> list[str]:
        files = [f"--ssl-cert={self.folder / 'server.pem'}", f"--ssl-key={self.folder / 'server.key'}"]
        return [*files, "--require-secure-transport=ON"]

    def _wait(self) -> None:
        for _ in range(300):
            if self._process is None or self._process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        log = self.folder / "error.log"
        message = log.read_text("utf-8") if log.exists() else "it wrote no log"
        raise NotStartedError(message)

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(30)
            self._process = None

    def admin(self) -> Any:
        """Return a connection as the administrator, who comes by the file system."""
        import pymysql  # noqa: PLC0415 - as a program this file runs on a bare Python

        return pymysql.connect(user="root", unix_socket=str(self.folder / "admin.sock"), autocommit=True)

    def run(self, *statements: str) -> list[tuple[Any, ...]]:
        """Run statements one by one, and return the rows of the last."""
        with self.admin() as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return list(cursor.fetchall())


if __name__ == "__main__":
    if not find():
        bring()
    print(f"MariaDB for the example's tests: {find() or 'none to be had'}")
