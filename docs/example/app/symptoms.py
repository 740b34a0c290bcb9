"""An error -> what it means, in the words of the troubleshooting page.

    OperationalError(2003, "... (timed out)")
    ->  timeout: look at routes, security groups, network ACLs
"""

import socket
import ssl

from botocore.exceptions import BotoCoreError, ClientError
from pymysql import MySQLError
from pymysql.constants import CR, ER

ERRORS = (MySQLError, BotoCoreError, ClientError)
MEANINGS = {
    # No answer, or not from the service: the network.
    TimeoutError: "timeout: look at routes, security groups, network ACLs",
    ConnectionRefusedError: "connection refused: look at the port, the service",
    socket.gaierror: "name not resolved: look at the DNS of the VPC",
    # An answer, from somebody who cannot prove who it is.
    ssl.SSLCertVerificationError: "bad certificate: look at the bundle, the host name, the dates",
    CR.CR_SSL_CONNECTION_ERROR: "no TLS: look at the parameters of the database",
    # A no from the right one: the network is fine.
    ER.ACCESS_DENIED_ERROR: "access denied: look at the database user, rds-db:connect",
    ER.DBACCESS_DENIED_ERROR: "access denied: look at the grants of the database user",
    ER.TABLEACCESS_DENIED_ERROR: "access denied: look at the grants of the database user",
    "AccessDeniedException": "access denied: look at the role, the endpoint policy",
    ER.CON_COUNT_ERROR: "too many connections: look at concurrency, RDS Proxy",
    # It was connected, so the network was fine.
    CR.CR_SERVER_LOST: "no answer any more: look at slow queries, locks, restarts",
    ConnectionError: "connection lost: look at restarts, failovers, idle limits",
}


def meaning(error):
    """Return what an error means: of its causes the first that is known, from the outside in."""
    while error:
        for key in _keys(error):
            if key in MEANINGS:
                return MEANINGS[key]
        error = error.__context__
    return "unknown: read the error"


def _keys(error):
    if isinstance(error, ClientError):
        return [error.response["Error"]["Code"]]
    return error.args[:1] if isinstance(error, MySQLError) else type(error).__mro__
