"""List a customer's open orders, from a private MySQL database."""

import json

import boto3
import pymysql
from botocore.config import Config
from pymysql.constants import ER
from settings import customer, login, settings
from symptoms import ERRORS, meaning

QUERY = """SELECT id, total FROM orders
WHERE customer = %s AND status = 'open' ORDER BY id LIMIT 10"""
RESERVE = 1.0  # seconds of each call, kept for the answer and the log
_kept = {}  # connection and login, from one call of this environment to the next


class Failed(Exception):
    """The database, or Secrets Manager, did not give what was asked."""


# --8<-- [start:handler]
def handler(event, context):
    """Return the open orders of the customer whom the event names."""
    wanted = customer(event)
    try:
        with connection(context).cursor() as cursor:
            cursor.execute(QUERY, (wanted,))
            orders = [{"id": number, "total": str(total)} for number, total in cursor]
    except ERRORS as error:
        log("ERROR", symptom=meaning(error), error=f"{type(error).__name__}: {error}")
        raise Failed(meaning(error)) from None
    log("INFO", orders=len(orders), connection=_kept["connection"].thread_id())
    return {"orders": orders}
# --8<-- [end:handler]


# --8<-- [start:connection]
def connection(context):
    """Return the kept connection if it still answers, or a new one."""
    if "connection" in _kept:
        try:
            _kept["connection"].ping(reconnect=False)  # a reconnect sends the old token
            return _kept["connection"]
        except pymysql.MySQLError:
            del _kept["connection"]
    try:
        _kept["connection"] = connect(context)
    except pymysql.OperationalError as error:
        if error.args[0] != ER.ACCESS_DENIED_ERROR or not _kept.pop("login", None):
            raise
    if "connection" not in _kept:  # the secret was rotated: read it again, once
        _kept["connection"] = connect(context)
    return _kept["connection"]


def connect(context):
    """Open a connection: verified TLS, and limits from the time that is left."""
    told = settings()
    user, password = token(told) if told.user else secret(told, context)
    return pymysql.connect(
        host=told.host, port=told.port, database=told.name, user=user, password=password.encode(),
        ssl=told.tls, autocommit=True, **limits(context, "connect", "read", "write"),
    )  # fmt: skip
# --8<-- [end:connection]


# --8<-- [start:limits]
def limits(context, *steps):
    """Return how long each step may wait: together they end before the function does."""
    left = context.get_remaining_time_in_millis() / 1000 - RESERVE
    if left <= 0:
        raise Failed(f"no time left: the function needs more than {RESERVE:g} s")
    return {f"{step}_timeout": left / len(steps) for step in steps}
# --8<-- [end:limits]


# --8<-- [start:login]
def token(told):
    """Return the user and a fresh token: it is signed here, and nothing is called."""
    return told.user, boto3.client("rds").generate_db_auth_token(told.host, told.port, told.user)


def secret(told, context):
    """Return the user and the password of the secret as it was last read."""
    if "login" not in _kept:
        config = Config(retries={"total_max_attempts": 1}, **limits(context, "connect", "read"))
        client = boto3.client("secretsmanager", config=config)
        _kept["login"] = login(client.get_secret_value(SecretId=told.secret).get("SecretString"))
    return _kept["login"]
# --8<-- [end:login]


def log(level, **fields):
    print(json.dumps({"level": level, **fields}))
