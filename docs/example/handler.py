"""Read open orders from a private MySQL database, logged in with IAM instead of a password."""

import os
import ssl
from functools import cache

import boto3
import pymysql

HOST = os.environ["DB_HOST"]  # the endpoint's DNS name: its address changes at a failover
USER = os.environ["DB_USER"]
NAME = os.environ["DB_NAME"]
PORT = int(os.environ.get("DB_PORT", "3306"))
BUNDLE = os.environ.get("DB_CA_BUNDLE", "global-bundle.pem")

QUERY = "SELECT id, total FROM orders WHERE status = 'open' ORDER BY id LIMIT 10"

_connection = None  # kept between invocations of the same execution environment


@cache
def rds_client():
    """Return the client that signs tokens; signing makes no network call."""
    return boto3.client("rds")


def connect():
    """Open a connection with a fresh token, over verified TLS."""
    token = rds_client().generate_db_auth_token(DBHostname=HOST, Port=PORT, DBUsername=USER)
    return pymysql.connect(
        host=HOST,
        port=PORT,
        user=USER,
        password=token,
        database=NAME,
        ssl=ssl.create_default_context(cafile=BUNDLE),
        autocommit=True,
        # All three stay below the function's timeout, so that the log names the cause.
        connect_timeout=3,
        read_timeout=5,
        write_timeout=5,
    )


def connection():
    """Return a live connection: the kept one, or a new one when it is gone."""
    global _connection
    if _connection is not None:
        try:
            _connection.ping(reconnect=False)  # a reconnect would reuse the expired token
            return _connection
        except pymysql.MySQLError:
            _connection = None
    _connection = connect()
    return _connection


def handler(event, context):
    """Return the open orders."""
    with connection().cursor() as cursor:
        cursor.execute(QUERY)
        rows = cursor.fetchall()
    return {"orders": [{"id": number, "total": str(total)} for number, total in rows]}
