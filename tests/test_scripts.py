"""The scripts of a finished site are shorter, do the same, and are worked out once."""

from __future__ import annotations

import json
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import quickjs
from building import build, project
from studyguide.exports import scripts
from studyguide.exports.scripts import ChangedError, Shortener, Terser
from studyguide.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

THEME = Path(__file__).parents[1] / "overrides"
OWN = sorted((THEME / "assets/js").rglob("*.js"))
# What a script is made of, as Terser has it.
READ = """(text) => JSON.stringify(Terser.minify_sync(text, {
    compress: false, mangle: false, format: { spidermonkey: true, code: false },
}).ast)"""
LONG = """// How much that is.
{
  const total = (first, second) => {
    return first + second // both of them
  }
  globalThis.sum = total(1, 2)
}
"""


@pytest.fixture(scope="module")
def terser() -> Iterator[Terser]:
    return Terser()


def test_says_the_same_in_fewer_letters(terser: Terser) -> None:
    short = terser.shortened(LONG)
    assert len(short) < 50
    context = quickjs.Context()
    context.eval(short)
    assert context.eval("sum") == 3


@pytest.mark.parametrize(
    ("code", "value"),
    [
        # The one that was tried before moved `whole` above `frame`.
        (
            "{const zoom = (at) => {const frame = at(); const whole = {x: frame.x + frame.w / 2}; return whole.x}; globalThis.r = zoom(() => ({x: 1, w: 4}))}",
            3,
        ),
        ("{let n = 0; const f = () => (n += 1); const [a, b] = [f(), f()]; globalThis.r = a * 10 + b}", 12),
        ("{class A { get x() { return 1 } } ; class B extends A { y = super.x + 1 } globalThis.r = new B().y}", 2),
        ("{let s = ''; for (const x of [3, 1, 2].toSorted()) s += x; globalThis.r = Number(s)}", 123),
        ("{const o = {}; globalThis.r = (o.a ??= 4) + (o?.b?.c ?? 1)}", 5),
    ],
)
def test_means_the_same(terser: Terser, code: str, value: int) -> None:
    context = quickjs.Context()
    context.eval(terser.shortened(code))
    assert context.eval("r") == value


@pytest.mark.parametrize("file", OWN, ids=lambda file: file.name)
def test_shortens_every_script_of_the_guide(terser: Terser, file: Path) -> None:
    text = file.read_text("utf-8")
    short = terser.shortened(text)
    assert len(short) < 0.8 * len(text)
    assert "//" not in short.replace("://", "")


@pytest.fixture(scope="module")
def functions() -> Callable[[str], list[dict[str, Any]]]:
    """Return what finds every function of a script, as Terser reads it."""
    context = quickjs.Context()
    context.eval("globalThis.sourceMap = {}")
    context.eval((scripts.VENDOR / "terser.js").read_text("utf-8"))
    read = context.eval(READ)
    return lambda text: [node for node in nodes(json.loads(read(text))) if "params" in node]


def nodes(tree: object) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
    for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from nodes(part)


def names(tree: object) -> set[str]:
    return {node["name"] for node in nodes(tree) if node.get("type") == "Identifier"}


def misread(function: dict[str, Any]) -> set[str]:
    """Return the names that a parameter's default takes from outside and the function's body declares anew."""
    defaults = [node["right"] for node in nodes(function["params"]) if node.get("type") == "AssignmentPattern"]
    body = function["body"]["body"] if function["body"]["type"] == "BlockStatement" else []
    declared = [
        each["id"] for statement in body for each in (statement, *statement.get("declarations", ())) if "id" in each
    ]
    return names(defaults) & names(declared)


def test_finds_what_terser_misreads(functions: Callable[[str], list[dict[str, Any]]]) -> None:
    code = "const f = (a, b = c, { d = e } = {}, g = h) => { const c = 1; let { e } = a; function h() {} return i + c }"
    assert [misread(function) for function in functions(code)] == [{"c", "e", "h"}, set()]


@pytest.mark.parametrize("file", [*OWN, THEME / "sw.js"], ids=lambda file: file.name)
def test_no_script_has_what_terser_misreads(functions: Callable[[str], list[dict[str, Any]]], file: Path) -> None:
    found = functions(file.read_text("utf-8"))
    assert found
    assert [misread(function) for function in found if misread(function)] == []


def test_what_every_page_has_is_one_file(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    parts = theme / scripts.PARTS
    parts.mkdir(parents=True)
    (parts / "b.js").write_text("globalThis.b = globalThis.a\n", "utf-8")
    (parts / "a.js").write_text("// First.\nglobalThis.a = 1\n", "utf-8")
    (theme / "assets/js/alone.js").write_text("globalThis.alone = 1\n", "utf-8")
    page = '# Home\n\n<script src="assets/js/every-page.js"></script> <script src="assets/js/alone.js"></script>\n'
    settings = project(tmp_path, {"index.md": page}, "theme: {name: mkdocs, custom_dir: theme}\n")
    run = build(settings, tmp_path / "site")
    assert run.returncode == 0, run.stderr
    found = {file.relative_to(tmp_path / "site").as_posix() for file in (tmp_path / "site/assets/js").rglob("*.js")}
    assert found == {scripts.WHOLE, "assets/js/alone.js"}
    assert (tmp_path / "site" / scripts.WHOLE).read_text("utf-8") == "globalThis.a=1;globalThis.b=globalThis.a;"


def mended(folder: Path, bundle: str) -> str:
    """Return what the theme's script becomes."""
    script = folder / "assets/javascripts/bundle.1a2b3c4d.min.js"
    script.parent.mkdir(parents=True)
    script.write_text(bundle, "utf-8")
    scripts.mend(folder)
    return script.read_text("utf-8")


@pytest.mark.parametrize(
    ("home", "bundle", "left"),
    [
        ('<meta name="color-scheme" content="light dark">', 'x({name:"color-scheme"})', 'x({name:"x-color-scheme"})'),
        ("<p>color-scheme</p>", 'x({name:"color-scheme"})', None),
        ('<meta name="color-scheme" content="dark">', 'x({name:"color-scheme"},{name:"color-scheme"})', None),
        (None, 'x({name:"color-scheme"})', None),
    ],
)
def test_leaves_the_colour_scheme_to_a_page_that_says_it(
    tmp_path: Path, home: str | None, bundle: str, left: str | None
) -> None:
    if home:
        (tmp_path / "index.html").write_text(home, "utf-8")
    assert mended(tmp_path, bundle) == (left or bundle)


KEYS = 'n.subscribe(({scrollable:d})=>{d%s?e.setAttribute("tabindex","0"):e.removeAttribute("tabindex")});'


@pytest.mark.parametrize(
    ("bundle", "left"),
    [
        (KEYS % "&&r", KEYS % ""),
        (KEYS % "", KEYS % ""),
        (KEYS % "&&r" * 2, KEYS % "&&r" * 2),
        ('a?(e.setAttribute("tabindex","-1"),e.blur()):e.removeAttribute("tabindex")',) * 2,
    ],
)
def test_keys_come_to_code_without_a_mouse(tmp_path: Path, bundle: str, left: str) -> None:
    assert mended(tmp_path, bundle) == left


LETTERS = (
    'switch(e.type){case"p":case",":let t=ue("link[rel=prev]");typeof t!="undefined"&&st(t);break;%s'
    'case"Enter":let o=Ne();o.click()}'
)
NEXT = 'case"n":case".":let r=ue("link[rel=next]");typeof r!="undefined"&&st(r);break;'


@pytest.mark.parametrize(
    ("bundle", "left"),
    [
        (LETTERS % NEXT, 'switch(e.type){case"Enter":let o=Ne();o.click()}'),
        # One that is not as known.
        (LETTERS % "", LETTERS % ""),
        ((LETTERS % NEXT) * 2, (LETTERS % NEXT) * 2),
    ],
)
def test_no_letter_leaves_the_page(tmp_path: Path, bundle: str, left: str) -> None:
    assert mended(tmp_path, bundle) == left


def test_keeps_a_licence_and_what_it_does_not_understand(terser: Terser) -> None:
    assert "/*! MIT */" in terser.shortened("/*! MIT */\nlet  one = 1")
    assert terser.shortened("let let let") == "let let let"


def test_asks_for_what_it_has_written_before_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf, site = Shelf(tmp_path / "shelf"), tmp_path / "site"
    site.mkdir()
    (site / "a.js").write_text(LONG, "utf-8")
    with closing(Shortener(shelf)) as shortener:
        shortener.write(site, ["a.js", "of-another-theme.js"])
    short = (site / "a.js").read_text("utf-8")
    assert len(short) < len(LONG)
    monkeypatch.setattr(Terser, "shortened", lambda *_: pytest.fail("it was asked again"))
    (site / "a.js").write_text(LONG, "utf-8")
    with closing(Shortener(shelf)) as shortener:
        shortener.write(site, ["a.js"])
    assert (site / "a.js").read_text("utf-8") == short


def test_writes_what_it_began_with_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(Terser, "shortened", lambda _, text: asked.append(text) or "short")
    (tmp_path / "a.js").write_text(LONG, "utf-8")
    with closing(Shortener()) as shortener:
        shortener.begin([LONG.encode(), b"let another = 1"])
        shortener.write(tmp_path, ["a.js"])
    assert (tmp_path / "a.js").read_text("utf-8") == "short"
    assert asked.count(LONG) == 1


def test_leaves_a_script_that_is_no_utf_8(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_bytes(b"let name = '\xe9'  // as it was\n")
    with closing(Shortener()) as shortener:
        shortener.write(tmp_path, ["a.js"])
    assert (tmp_path / "a.js").read_bytes() == b"let name = '\xe9'  // as it was\n"


def test_refuses_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "terser.js").write_text("globalThis.Terser = {}", "utf-8")
    (tmp_path / "terser.js.sha256").write_text(f"{'0' * 64}  terser.js\n", "utf-8")
    monkeypatch.setattr(scripts, "VENDOR", tmp_path)
    with pytest.raises(ChangedError):
        Terser().shortened(LONG)


def test_the_program_is_the_one_that_was_published() -> None:
    digest = sha256((scripts.VENDOR / "terser.js").read_bytes()).hexdigest()
    assert (scripts.VENDOR / "terser.js.sha256").read_text("utf-8") == f"{digest}  terser.js\n"
    licence = (scripts.VENDOR / "terser.LICENSE").read_text("utf-8")
    assert "Redistribution and use in source and binary forms" in licence
