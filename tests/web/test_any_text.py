"""Whatever is written as an address, or sent as one by a server, is an answer or a finding and never an exception."""

from __future__ import annotations

import socket
from typing import Any
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st
from studyguide.web.client import Client
from studyguide.web.verdict import verdict
from studyguide.web.visit import Again, Reply, fault, first, step
from web.conftest import QUICK

ODD = st.text(st.sampled_from("ab.:/?#[]@%-_~!$&'()*+,;= \\\t\n\r\0é日\ud800。xn--"), max_size=40) | st.text(
    max_size=30
)
START = st.sampled_from(["http://", "https://", "HTTP://", "http://a.test/"])


def no_such_name(*_: Any, **__: Any) -> None:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@given(START, ODD)
def test_an_address_is_asked_for_or_is_a_finding(start: str, rest: str) -> None:
    address = start + rest.partition("#")[0]
    if not fault(address):
        client = Client(QUICK)
        with mock.patch.object(socket, "getaddrinfo", no_such_name):
            assert client.ask(first(address, anchors=True)).failure == "host"
        client.close()


@given(ODD, st.sampled_from([301, 302]))
def test_a_redirect_leads_to_an_address_or_is_a_finding(location: str, status: int) -> None:
    page = "https://a.test/b"
    then = step(first(page, anchors=True), Reply(status, location), QUICK)
    if isinstance(then, Again):
        assert not fault(then.visit.at)
    else:
        found = verdict(page, then, QUICK)
        assert found
        assert found.code == "EXT004"
