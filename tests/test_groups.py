"""What is made once for several tests is made by one worker: ``pytest -n`` gives it a group of tests whole."""

from __future__ import annotations

import os

import pytest

pytestmark = pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="not run: there is one worker alone")


@pytest.mark.xdist_group("together")
def test_groups_are_given_whole(request: pytest.FixtureRequest) -> None:
    # A worker tells the group by the end of a test's id. Where it cannot change that, it is silent, and everything that
    # is made once is made by every worker.
    assert request.node.nodeid.endswith("@together")


@pytest.mark.usefixtures("site")
def test_who_asks_for_what_is_made_once_is_of_a_group(request: pytest.FixtureRequest) -> None:
    # Marks are read before they are looked for: one that is made later is none.
    assert request.node.nodeid.endswith("@site")
