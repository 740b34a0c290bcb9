"""What every test may ask for: the guide itself, built once, and checks that need no process of their own."""

from __future__ import annotations

import fcntl
import gc
import os
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from building import answer, guide
from studyguide import audit

if TYPE_CHECKING:
    from pathlib import Path

# Made once for a whole run: with `pytest -n`, every test that asks for one of a line goes to the same worker.
ONCE = ({"site"}, {"settings", "original"})
_start = audit._start  # noqa: SLF001 - where a check starts a process


# The worked example's environment has none.
with suppress(ModuleNotFoundError):
    import hypothesis

    # How long an example takes is the machine's, and a busy one is no failure.
    hypothesis.settings.register_profile("guide", deadline=None)
    hypothesis.settings.load_profile("guide")


def pytest_configure() -> None:
    """A check is a build, and here one in this process."""
    audit._start = answer  # noqa: SLF001


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: there is always a test that waits for a program, a host or packets."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Let what warns when it goes do so now: pytest looks for it ten times more, and then not among all that stays."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _cold(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("cold"):
        monkeypatch.setattr(audit, "_start", _start)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}  # noqa: SLF001
        shared = {name for name, found in fixtures.items() if found[-1].scope == "session"}
        for group in ONCE:
            # A browser is mostly waiting, so every worker has its own.
            if shared & group and "chromium" not in shared:
                item.add_marker(pytest.mark.xdist_group("-".join(sorted(group))))
    # What one worker does alone is begun first: at the end the others would wait for it.
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the guide's site, built as CI builds it, and once for all workers."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    built = folder / "site"
    with (folder / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            # Whoever waits for it finds all of it or nothing.
            guide(folder / "half").rename(built)
    return built
