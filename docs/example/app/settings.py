"""What the function is told, checked before anything is connected.

    DB_PORT=mysql  ->  BadInput: DB_PORT is no port number: 'mysql'

A message names what is wrong and never shows a secret's text.
"""

import json
import os
import ssl
from dataclasses import dataclass
from functools import cache


class BadInput(ValueError):
    """A setting, a secret or an event cannot be used."""


@dataclass(frozen=True)
class Settings:
    host: str
    port: int
    name: str
    user: str  # logs in with a token; empty: with the password of the secret
    secret: str
    tls: ssl.SSLContext


@cache
def settings():
    """Return what the environment variables say, or name all that is wrong with them."""
    env = {name: os.environ.get(name, "") for name in ("DB_HOST", "DB_NAME", "DB_CA_BUNDLE")}
    wrong = [f"{name} is missing" for name, value in env.items() if not value]
    user, secret = os.environ.get("DB_USER", ""), os.environ.get("DB_SECRET_ID", "")
    if bool(user) == bool(secret):
        wrong.append("one of DB_USER (token) and DB_SECRET_ID (password) is needed, not both")
    port = os.environ.get("DB_PORT", "3306")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        wrong.append(f"DB_PORT is no port number: {port!r}")
    try:
        tls = ssl.create_default_context(cafile=env["DB_CA_BUNDLE"] or None)
    except OSError as error:
        wrong.append(f"DB_CA_BUNDLE cannot be used: {env['DB_CA_BUNDLE']}: {error}")
    if wrong:
        raise BadInput("; ".join(wrong))
    return Settings(env["DB_HOST"], int(port), env["DB_NAME"], user, secret, tls)


def customer(event):
    """Return the customer that an event names."""
    found = event.get("customer") if isinstance(event, dict) else None
    if not isinstance(found, str) or not found:
        raise BadInput('the event must look like {"customer": "C-1001"}')
    return found


def login(text):
    """Return the user and the password that a secret holds."""
    try:
        found = json.loads(text)
        pair = found["username"], found["password"]
    except KeyError as error:
        raise BadInput(f"the secret has no field {error}") from None
    except (TypeError, ValueError):
        raise BadInput("the secret is no JSON object") from None
    if not all(isinstance(part, str) and part for part in pair):
        raise BadInput("username and password of the secret must be texts")
    return pair
