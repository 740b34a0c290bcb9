"""Who calls what, and what is seen of it: a sentence for each target and symptom, several so that questions differ."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CALLS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "rds": (
            "`orders` connects to its private MySQL database",
            "`refunds` opens a connection to a private RDS database",
            "`stock` wants to read a private MySQL database",
            "`audit` starts to write to a private RDS database",
            "`loyalty` asks a private MySQL database for points",
        ),
        "secrets": (
            "`payments` reads an API key from Secrets Manager",
            "`mailer` fetches its password from Secrets Manager",
            "`signing` asks Secrets Manager for a key",
            "`sync` gets a token from Secrets Manager",
            "`webhook` looks a shared secret up in Secrets Manager",
        ),
        "s3": (
            "`receipts` reads files from an S3 bucket",
            "`thumbnails` writes pictures to S3",
            "`export` puts a report into an S3 bucket",
            "`labels` fetches a template from S3",
            "`backup` copies its state to a bucket in S3",
        ),
        "dynamodb": (
            "`carts` reads items from a DynamoDB table",
            "`sessions` writes to a DynamoDB table",
            "`scores` queries a DynamoDB table",
            "`votes` updates a counter in DynamoDB",
            "`coupons` looks a code up in DynamoDB",
        ),
        "api4": (
            "`rates` calls a bank's public API over IPv4",
            "`checkout` calls a payment API over IPv4",
            "`forecast` asks a public weather API over IPv4",
            "`notify` posts to a partner's API over IPv4",
            "`customs` sends a form to a public IPv4 API",
        ),
        "api6": (
            "`tracker` calls a carrier's API, which has no IPv4 address,",
            "`supplier` calls an API that publishes nothing but `AAAA` records,",
            "`meter` sends readings to a public host that speaks nothing but IPv6,",
            "`tickets` calls a public API, which is reached over IPv6 alone,",
            "`parcels` asks a public API whose name gives nothing but an IPv6 address,",
        ),
        "lambda": (
            "`front` calls the function `prices` by the Lambda API",
            "`router` invokes a second function with the SDK",
            "`batch` starts other functions with `Invoke`",
            "`broker` gets a quote from another function by `Invoke`",
            "`report` hands its second half to another function with the SDK",
        ),
    }
)

SEEN: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "timeout": (
            "and times out",
            "and gets no answer",
            "and hangs until its timeout",
            "and waits in vain",
            "and hears nothing until its time is up",
        ),
        "dns": ("and fails, because the name cannot be resolved",),
        "refused": ("and is refused at once",),
        "denied": ("and is denied at once",),
        "unreachable": ("and fails at once, with an error about the address family",),
        "cannot-start": (),
    }
)
# Where nothing runs yet, that is what is seen.
REFUSED = (
    "A deployment attaches a function, which {does}, to its VPC, and is refused.",
    "You attach a function that {does}, and Lambda refuses with a text about `CreateNetworkInterface`.",
)
DOES: Mapping[str, str] = MappingProxyType(
    {
        "rds": "reads a private database",
        "secrets": "needs a secret",
        "s3": "reads a bucket",
        "dynamodb": "writes to a DynamoDB table",
        "api4": "calls a public API over IPv4",
        "api6": "calls a public API over IPv6",
        "lambda": "invokes other functions",
    }
)

CAUSE = ("What is the cause?", "What stops the call?", "Which finding explains it?", "What is wrong?")
# What is said of a repair behind the reason of the fault.
MENDED = ("With this, nothing stops it any more.", "Nothing else stops it.", "Mended, it goes through.")
MEND = (
    "Which change alone mends it?",
    "What is the least that mends it?",
    "Which repair is enough, with nothing else changed?",
    "What do you change, and nothing more?",
)
