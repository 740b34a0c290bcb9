"""Read open orders from a private MySQL, without a password."""

import os
import ssl
from functools import cache

import boto3
import pymysql

# The endpoint's DNS name: its address changes at a failover.
HOST = os.environ["DB_HOST"]
PORT = int(os.environ.get("DB_PORT", "3306"))
USER = os.environ["DB_USER"]
NAME = os.environ["DB_NAME"]
BUNDLE = os.environ.get("DB_CA_BUNDLE", "global-bundle.pem")

QUERY = """
SELECT id, total FROM orders
WHERE status = 'open' ORDER BY id LIMIT 10
"""

# Kept from one request to the next in an environment.
_connection = None


@cache
def rds_client():
    """Return the client that signs tokens without a call."""
    return boto3.client("rds")


def connect():
    """Open a connection: fresh token, verified TLS."""
    token = rds_client().generate_db_auth_token(
        DBHostname=HOST,
        Port=PORT,
        DBUsername=USER,
    )
    return pymysql.connect(
        host=HOST,
        port=PORT,
        user=USER,
        password=token,
        database=NAME,
        ssl=ssl.create_default_context(cafile=BUNDLE),
        autocommit=True,
        # All end before the function does: the log names the cause.
        connect_timeout=3,
        read_timeout=5,
        write_timeout=5,
    )


def connection():
    """Return the kept connection, or a new one."""
    global _connection
    if _connection is not None:
        try:
            # A reconnect would send the old token.
            _connection.ping(reconnect=False)
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
    return {"orders": [{"id": n, "total": str(t)} for n, t in rows]}
