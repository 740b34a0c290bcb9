"""What a private host asks of who has reached it: TLS, a login, a user, a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reachability.rules.policies import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reachability.rules.call import Call, Rule

CREDENTIALS: Final = {"old-token": "token-old", "password": "password-right", "old-password": "password-old"}


def served(call: Call) -> Iterator[str]:
    """Arrive at the server, and be let in."""
    kept = call.more("address") == "kept"
    if kept and call.more("failover") == "multi-az":
        yield "server-moved"
    yield f"server-{call.read('server')}"
    if call.more("answer") == "fragments":
        yield "answer-fragments"
    if kept and call.more("failover") == "aurora":
        yield "server-reader"
    yield from HOSTS[call.more("private-host")](call)


def _database(call: Call) -> Iterator[str]:
    credential = call.more("credential")
    if call.more("tls") == "off":
        # A password is taken without, where the server does not ask for more.
        if "token" in credential:
            yield "tls-missing"
    elif call.more("trust") == "unknown":
        yield "trust-unknown"
    if credential == "token":
        yield {"yes": "login-allowed", "no": "login-denied"}[call.read("role-call")]
    else:
        yield CREDENTIALS[credential]
    if call.more("db-user") == "missing":
        yield "user-missing"


def _files(call: Call) -> Iterator[str]:
    yield {"yes": "mount-allowed", "no": "mount-denied"}[call.read("role-call")]


def _cache(call: Call) -> Iterator[str]:
    if call.more("tls") == "off":
        yield "cache-silent"


def _search(call: Call) -> Iterator[str]:
    yield from resource(call, "inside")


HOSTS: Final[dict[str, Rule]] = {"database": _database, "efs": _files, "cache": _cache, "search": _search}
