"""A server that builds changed pages alone: what it says of the others, and what it leaves of those before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from building import problems
from serving import Server
from test_listing import project

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {
    "index.md": "# Home\n\n[other](other.md)\n",
    "other.md": "# Other\n\nA [gone](gone.md) link.\n",
    "third.md": "# Third\n",
}
SETTINGS = "plugins: [search, studyguide]\n"
LEFT = "Not checked: pages that --dirty did not read."


def heads(log: list[str]) -> list[str]:
    """Return what was found, but for MkDocs' word that such a build is not to be trusted."""
    return [problem.partition("\n")[0] for problem in problems(log) if " BLD001 " not in problem]


def summary(log: list[str]) -> str:
    return next(line for line in log if "Checked " in line)


def links(log: list[str]) -> int:
    found = re.search(r"(\d+) links", summary(log))
    return int(found[1]) if found else 0


def marks(page: Path) -> tuple[int, int]:
    """Return how many panels a page has, and how many marks of problems."""
    html = page.read_text("utf-8")
    return html.count('<section class="sg-panel'), html.count("sg-problem-here")


def test_pages_that_are_not_built_again_have_one_panel_that_is_new(tmp_path: Path) -> None:
    settings = project(tmp_path, PAGES, SETTINGS)
    with Server(settings, dirty=True) as server:
        first = server.build()
        (tmp_path / "docs/third.md").write_text("# Third\n\nMore, and [lost](lost.md).\n", "utf-8")
        second = server.build()
        other, third = server.site / "other/index.html", server.site / "third/index.html"
        assert [marks(page) for page in (other, third, server.site / "index.html")] == [(1, 1), (1, 1), (1, 0)]
        assert heads(first) == ["docs/other.md:3:3: error LNK001 `gone.md` leads nowhere."]
        assert heads(second) == [*heads(first), "docs/third.md:3:11: error LNK001 `lost.md` leads nowhere."]
        # The links of the panels are none of the site's.
        assert links(second) == links(first) + 1
        assert "Third</a> 1" in other.read_text("utf-8")

        (tmp_path / "docs/other.md").write_text("# Other\n", "utf-8")
        (tmp_path / "docs/third.md").write_text("# Third\n", "utf-8")
        third_time = server.build()
        assert heads(third_time) == []
        assert summary(third_time).endswith(LEFT)
        for page in (other, third, server.site / "index.html"):
            assert marks(page) == (1, 0)
            assert "No problems on this page, as far as it was checked" in page.read_text("utf-8")
            assert f'<p class="sg-panel__left">{LEFT}</p>' in page.read_text("utf-8")
            assert "No problems in the guide" not in page.read_text("utf-8")


def test_a_page_that_is_gone_is_no_longer_served(tmp_path: Path) -> None:
    settings = project(tmp_path, PAGES, SETTINGS)
    with Server(settings, dirty=True) as server:
        server.build()
        (tmp_path / "docs/other.md").rename(tmp_path / "docs/new.md")
        log = server.build()
        assert heads(log) == [
            "docs/index.md:3:1: error LNK001 `other.md` leads nowhere.",
            "docs/new.md:3:3: error LNK001 `gone.md` leads nowhere.",
        ]
        assert not (server.site / "other/index.html").exists()


LINKS = "[o](../other.md#x) <a href='../../other/'>raw</a>\n\n[d]: ./../other.md\n\n[d]\n"


@pytest.mark.parametrize(
    "more", ["", "use_directory_urls: false\n", "nav: [index.md, other.md, third.md, sub/deep.md]\n"]
)
def test_links_to_a_page_that_is_gone_stand_where_a_full_build_has_them(tmp_path: Path, more: str) -> None:
    """Pages that were not built again have the address that it had; the navigation that they show is nobody's to mend."""
    settings = project(tmp_path, {**PAGES, "sub/deep.md": f"# Deep\n\n{LINKS}"}, SETTINGS + more)
    with Server(settings, dirty=True) as server:
        server.build()
        (tmp_path / "docs/other.md").rename(tmp_path / "docs/new.md")
        found = heads(server.build())
    assert "docs/sub/deep.md:3:1: error LNK001 `../other.md` leads nowhere." in found
    assert "docs/sub/deep.md:5:6: error LNK001 `./../other.md` leads nowhere." in found
    with Server(settings) as server:
        assert found == heads(server.build())


def test_what_nobody_writes_is_no_finding_of_a_partial_build(tmp_path: Path) -> None:
    settings = project(tmp_path, {"index.md": "# Home\n", "other.md": "# Other\n"}, SETTINGS)
    with Server(settings, dirty=True) as server:
        server.build()
        (tmp_path / "docs/other.md").rename(tmp_path / "docs/new.md")
        log = server.build()
        assert heads(log) == []
        assert summary(log).endswith(LEFT)


def test_a_reference_to_what_has_moved_is_no_finding_of_a_partial_build(tmp_path: Path) -> None:
    """Its page, which was not built since, leads to where that was; one to what is gone is a finding all the same."""
    term = "/// term | {0}\n    id: term-{1}\n\nWords.\n///\n"
    moved, gone = term.format("ENI", "eni"), term.format("NAT", "nat")
    pages = PAGES | {
        "index.md": "# Home\n\n[](#term-eni), [](#term-nat).\n",
        "other.md": f"# Other\n\n{moved}\n{gone}",
    }
    settings = project(tmp_path, pages, SETTINGS)
    with Server(settings, dirty=True) as server:
        assert heads(server.build()) == []
        (tmp_path / "docs/other.md").write_text("# Other\n", "utf-8")
        (tmp_path / "docs/third.md").write_text(f"# Third\n\n{moved}", "utf-8")
        again = server.build()
    assert heads(again) == ["docs/index.md:1:1: error LNK002 `other.md` has no anchor `#term-nat`."]
    assert LEFT in summary(again)
