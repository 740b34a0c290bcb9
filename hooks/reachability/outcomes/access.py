"""What is said of logins, and of policies beside those of the role and of the endpoint's resources."""

from __future__ import annotations

from reachability.outcomes.outcome import Outcome

_DATABASE = "database"
_RESOURCE = "policy of what is called"
NO_LOGIN = "OperationalError: (1045, \"Access denied for user 'orders_app'@'10.0.1.10' (using password: YES)\")"
UNTRUSTED = (
    "SSLError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate"
)
MOUNT_DENIED = "EFSMountFailureException: The function couldn't mount the Amazon EFS file system"
FORBIDDEN = "403 Forbidden"

ACCESS = {
    # Logins.
    "tls-missing": Outcome(
        "tls",
        _DATABASE,
        "The client does not speak TLS, and a token is taken over TLS alone.",
        ("iam-auth-token",),
        "denied",
        text=NO_LOGIN,
    ),
    "trust-unknown": Outcome(
        "tls",
        "client in the code",
        "The client does not know who signed the certificate, so it ends the connection itself.",
        ("tls-rds-bundle", "tls-node20"),
        "denied",
        text=UNTRUSTED,
    ),
    "cache-silent": Outcome(
        "tls",
        "cache",
        "The cache waits for the greeting of TLS and the client, which does not speak it, for an answer.",
        ("elasticache-tls", "elasticache-hangs"),
        "timeout",
    ),
    "token-old": Outcome(
        "credential",
        _DATABASE,
        "The token is older than 15 minutes, and opens no connection any more.",
        ("iam-auth-token",),
        "denied",
        text=NO_LOGIN,
    ),
    "password-right": Outcome(
        "credential",
        _DATABASE,
        "The password is the one of now. The role is not asked.",
        ("iam-db-permission-separate",),
    ),
    "password-old": Outcome(
        "credential",
        _DATABASE,
        "The password is the one of before the rotation, which a cache of the code still had.",
        ("secrets-extension",),
        "denied",
        text=NO_LOGIN,
    ),
    "user-missing": Outcome(
        "user",
        _DATABASE,
        "The database has no such user, or none that logs in this way.",
        ("iam-auth-db-user",),
        "denied",
        text=NO_LOGIN,
    ),
    "mount-allowed": Outcome(
        "role-call", "execution role", "The role allows the mount of the file system.", ("efs-requires-vpc",)
    ),
    "mount-denied": Outcome(
        "role-call",
        "execution role",
        "The role does not allow elasticfilesystem:ClientMount, and the file system has a policy that asks for it.",
        ("efs-requires-vpc", "err-efs-family"),
        "denied",
        text=MOUNT_DENIED,
    ),
    # Policies.
    "policy-principal": Outcome(
        "endpoint-policy", "VPC endpoint", "The policy names who calls.", ("endpoint-policy", "esm-endpoint-policy")
    ),
    "policy-other-principal": Outcome(
        "endpoint-policy",
        "VPC endpoint",
        "The policy allows other principals. The code calls as the role; a poller calls as lambda.amazonaws.com.",
        ("endpoint-policy", "esm-endpoint-policy"),
        "denied",
    ),
    "resource-met": Outcome(
        "resource-policy", _RESOURCE, "The call is of the kind that the policy admits.", ("endpoint-condition-keys",)
    ),
    "resource-unsigned": Outcome(
        "resource-policy",
        _RESOURCE,
        "The policy names the role, and an unsigned request is nobody's.",
        ("opensearch-endpoint",),
        "denied",
        text=FORBIDDEN,
    ),
    "resource-other-endpoint": Outcome(
        "resource-policy",
        _RESOURCE,
        "The policy admits calls that come through another endpoint.",
        ("apigw-private-policy", "endpoint-condition-keys"),
        "denied",
    ),
    "resource-not-through": Outcome(
        "resource-policy",
        _RESOURCE,
        "The policy admits calls through an endpoint, and this one did not come through any.",
        ("endpoint-condition-keys",),
        "denied",
    ),
    "resource-other-subnet": Outcome(
        "resource-policy",
        _RESOURCE,
        "The policy compares the private address of the call, and admits another subnet.",
        ("vpc-source-ip",),
        "denied",
    ),
    "resource-other-address": Outcome(
        "resource-policy",
        _RESOURCE,
        "The policy names a public address, and the call does not come from it. Through an endpoint it has none.",
        ("endpoint-condition-keys",),
        "denied",
    ),
}
