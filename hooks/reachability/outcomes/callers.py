"""What is said where others than the code call."""

from __future__ import annotations

from reachability.outcomes.outcome import Outcome

_SERVICE = "Lambda service"

CALLERS = {
    "sender-lambda": Outcome(
        "start",
        _SERVICE,
        "Lambda itself sends it, outside the execution environment. Your network is not on its way.",
        ("logs-not-via-vpc", "tool-xray", "invoke-path-unaffected"),
    ),
    "machine": Outcome(
        "start",
        "machine in the function's subnet",
        "A machine calls; its packets take its own network.",
        ("one-way-v2n",),
    ),
    "interface-one-way": Outcome(
        "interface",
        "network interface of the function",
        "The interface carries connections that the function opens, and listens for none. No rule or route changes that.",
        ("one-way-v2n", "inbound-blocked-protocols", "sg-inbound-irrelevant"),
        "timeout",
    ),
    "door-public": Outcome(
        "door",
        _SERVICE,
        "The address is public and leads to the service, which invokes the function, attached or not.",
        ("function-url-stays-public", "invoke-path-unaffected"),
    ),
    "rest-api-private": Outcome(
        "door",
        "private REST API",
        "It is called through an interface endpoint for execute-api, and not otherwise.",
        ("apigw-private",),
        "denied",
        inference=True,
        text="403 Forbidden",
    ),
    "balancer-invokes": Outcome(
        "door",
        "load balancer",
        "It invokes the function by the service, and opens no connection to it.",
        ("alb-lambda-direct", "invoke-path-unaffected"),
    ),
    "balancer-other-account": Outcome(
        "door",
        "target group",
        "The target group takes no function of another account.",
        ("alb-lambda-direct",),
        "cannot-start",
        inference=True,
        text="InvalidTargetException: the target group does not take the function",
    ),
    "office-endpoint": Outcome(
        "route",
        "VPN of the VPC",
        "The office calls the endpoint by its own name, and the VPN leads to its address in the VPC.",
        ("s3-ddb-also-interface", "on-prem"),
    ),
    "office-no-way": Outcome(
        "route",
        "VPN of the VPC",
        "Nothing in the VPC is there for the office: a gateway endpoint serves its own VPC only.",
        ("gw-same-region",),
        "timeout",
    ),
    "poller": Outcome(
        "start",
        "poller of the mapping",
        "The poller works in the network of the cluster. That of the function does not matter to it.",
        ("esm-vpc-is-different", "esm-modes"),
    ),
    "poller-nowhere": Outcome(
        "start",
        "poller of the mapping",
        "The mapping names no network, so the poller does not work where the brokers are.",
        ("esm-kafka-config",),
        "timeout",
        inference=True,
    ),
    "poller-direct": Outcome(
        "door",
        "poller of the mapping",
        "In provisioned mode the poller invokes the function without the VPC of the cluster.",
        ("esm-modes", "esm-provisioned"),
    ),
}
