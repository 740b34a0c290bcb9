"""A number and a seed -> a MkDocs project of that many pages, the same one every time.

python tests/bench/book.py FOLDER --pages 1000

Every page is written as documentation is: headings, prose, a list, a table, code, a note, and 70 links to pages,
anchors and images. A few pages also hold a link that is broken on purpose, or one that is right and looks broken; each
of those has a word of its own (``gone-007``, ``right-012``), so that what a checker says can be counted by it.

The theme is Material with ``navigation.prune``: without it each page repeats the links of the whole nav, and a
checker would be measured on a million links of the theme in place of the 70,000 in the pages. ``prune=False`` makes
that site too.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from pathlib import Path
from typing import NamedTuple

FOLDER_SIZE = 25  # pages in a section of the nav
IMAGES = 40
PLACES = 3  # of each kind of planted link
# What a page's 70 links are: to pages, to headings of pages, to headings of this page, and images.
LINKS = {"page": 42, "heading": 16, "here": 8, "image": 4}

TOPICS = (
    "address", "balancer", "bucket", "cache", "certificate", "channel", "cluster", "connection", "container", "endpoint", "event", "firewall",
    "function", "gateway", "handler", "interface", "key", "layer", "listener", "log", "message", "metric", "network", "policy", "pool", "proxy",
    "queue", "quota", "record", "region", "replica", "request", "resolver", "role", "route", "rule", "secret", "session", "subnet", "table",
)  # fmt: skip
VERBS = (
    "accepts", "answers", "closes", "copies", "counts", "delays", "forwards", "holds", "keeps", "names", "opens", "refuses", "replaces", "returns",
    "sends", "shares", "starts", "waits for",
)  # fmt: skip
QUALITIES = (
    "cold", "default", "first", "idle", "local", "named", "private", "public", "regional", "remote", "second", "shared", "small", "warm",
)  # fmt: skip
ENDS = (
    "as soon as it is attached", "before the first byte arrives", "even when the quota is used up", "in the order they were written",
    "only inside its own region", "unless a rule says otherwise", "until the last session ends", "whenever its owner asks for it",
)  # fmt: skip
HEADINGS = (
    "What it is for", "How it starts", "Limits and quotas", "When it fails", "What it costs", "Questions asked often",
)  # fmt: skip

# Each is a line, or several, of a page; ``{n}`` makes its word, ``{other}`` is a page of the same folder.
BROKEN = {
    "page": "The [page](gone-{n}.md) says more.",
    "page in a folder": "The [page](../elsewhere/gone-{n}.md) says more.",
    "page, in a table": "| Name | Page |\n| --- | --- |\n| More | [page](gone-{n}.md) |",
    "page, in a note": "!!! note\n\n    - The [page](gone-{n}.md) says more.",
    "page, by reference": "The [page][gone-{n}] says more.\n\n[gone-{n}]: gone-{n}.md",
    "page, twice": "The [page](gone-{n}.md) says more.\n\nThe same [page](gone-{n}.md) says it again.",
    "anchor of a page": "The [part]({other}.md#gone-{n}) says more.",
    "anchor, same page": "The [part](#gone-{n}) says more.",
    "image": "![A diagram](../images/gone-{n}.svg)",
    "download": "The [figures](gone-{n}.csv) are a file.",
    "HTML link": 'The <a href="../gone-{n}/">page</a> says more.',
    "HTML anchor": 'The <a href="../{other}/#gone-{n}">part</a> says more.',
    "HTML image": '<img src="../../images/gone-{n}.svg" alt="A diagram">',
    "HTML srcset": '<img src="../../images/diagram-00.svg" srcset="../../images/gone-{n}.svg 2x" alt="A diagram">',
    "HTML video": '<video src="../gone-{n}.mp4" controls></video>',
}
RIGHT = {
    "id in braces": "#### A part {{#right-{n}}}\n\nThe [part](#right-{n}) says more.",
    "id in HTML": '<span id="right-{n}"></span>The [part](#right-{n}) says more.',
    "name in HTML": '<a name="right-{n}"></a>The [part](#right-{n}) says more.',
    "heading in HTML": '<div markdown="1">\n\n#### Right {n}\n\n</div>\n\nThe [part](#right-{n}) says more.',
    "id, as an address": "#### A part {{#right-é-{n}}}\n\nThe [part](#right-%C3%A9-{n}) says more.",
    "page with a query": "The [page]({other}.md?right-{n}) says more.",
    "HTML link with a query": 'The <a href="../{other}/?right-{n}">page</a> says more.',
    "HTML to the root": '<a href="/images/diagram-00.svg?right-{n}">The diagram</a> is a file.',
    "code block": "```md\n[page](right-{n}.md)\n```",
    "code in a line": "It is written `[page](right-{n}.md)`.",
    "comment": "<!-- [page](right-{n}.md) -->",
    "escaped": r"It is written \[page](right-{n}.md).",
    "mail": "Write to [us](mailto:right-{n}@example.org).",
}


class Planted(NamedTuple):
    """Links written on purpose: their word and kind, how many there are, and the lines a finding may name."""

    word: str
    kind: str
    broken: bool
    path: str
    lines: tuple[int, ...]
    places: int


class Book(NamedTuple):
    """A project: every file by its path, and the links planted in its pages."""

    files: dict[str, str]
    planted: list[Planted]


def book(pages: int, *, seed: int = 3, prune: bool = True) -> Book:
    """Return a project of ``pages`` pages."""
    chance = random.Random(seed)  # noqa: S311 - the same book for the same seed, nothing secret
    paths = [_path(number) for number in range(pages)]
    texts = {path: _page(path, paths, chance) for path in paths}
    planted = _plant(texts, paths)
    files = {f"docs/{path}": text for path, text in texts.items()}
    files |= {f"docs/images/diagram-{number:02}.svg": _image(number) for number in range(IMAGES)}
    files["docs/index.md"] = _index(paths)
    files["mkdocs.yml"] = _settings(paths, prune=prune)
    return Book(files, planted)


def write(made: Book, folder: Path) -> None:
    """Write a project into a folder."""
    for path, text in made.files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def _path(number: int) -> str:
    folder, place = divmod(number, FOLDER_SIZE)
    topic, other = TOPICS[number % len(TOPICS)], TOPICS[(number // len(TOPICS) + 7 * place) % len(TOPICS)]
    return f"part-{folder:02}/{topic}-and-{other}-{place:02}.md"


def _title(path: str) -> str:
    name = path.rpartition("/")[2].removesuffix(".md")
    return name.replace("-", " ").capitalize()


def _page(path: str, paths: list[str], chance: random.Random) -> str:
    """Return a page: its links are dealt out to its sections."""
    links = _links(path, paths, chance)
    share = -(-len(links) // len(HEADINGS))
    parts = [
        f"---\ndescription: {_sentence(chance)}\n---\n\n# {_title(path)}\n\n{_sentence(chance)} {_sentence(chance)}"
    ]
    for number, heading in enumerate(HEADINGS):
        body = _section(links[number * share : (number + 1) * share], number, chance)
        parts.append(f"## {heading}\n\n{body}")
    return "\n\n".join(parts) + "\n"


def _links(path: str, paths: list[str], chance: random.Random) -> list[str]:
    near = paths[max(0, paths.index(path) - FOLDER_SIZE) :][: 2 * FOLDER_SIZE]
    links = [f"[{_words(chance)}]({_relative(path, chance.choice(near))})" for _ in range(LINKS["page"])]
    links += [
        f"[{_words(chance)}]({_relative(path, chance.choice(paths))}#{_slug(chance.choice(HEADINGS))})"
        for _ in range(LINKS["heading"])
    ]
    links += [f"[{_words(chance)}](#{_slug(chance.choice(HEADINGS))})" for _ in range(LINKS["here"])]
    # Every image is used by some page, however few pages there are.
    first = paths.index(path) * LINKS["image"]
    links += [
        f"![The {_words(chance)}](../images/diagram-{(first + number) % IMAGES:02}.svg)"
        for number in range(LINKS["image"])
    ]
    chance.shuffle(links)
    return links


def _section(links: list[str], number: int, chance: random.Random) -> str:
    """Return prose around half of the links, then the rest as a list, a table, code or a note: a kind for each section."""
    half = len(links) // 2 // 2 * 2
    pairs = [" and ".join(links[start : start + 2]) for start in range(0, half, 2)]
    prose = "\n\n".join(f"{_sentence(chance)} See {pair}. {_sentence(chance)}" for pair in pairs)
    rest = links[half:]
    match number % 4:
        case 0:
            other = "\n".join(f"- {link}, {_words(chance)}" for link in rest)
        case 1:
            rows = "\n".join(f"| {link} | {_words(chance)} | {chance.randint(1, 900)} |" for link in rest)
            other = f"| Page | Kept as | Quota |\n| --- | --- | ---: |\n{rows}"
        case 2:
            listed = "\n".join(f"{place}. {link}, {_words(chance)}" for place, link in enumerate(rest, 1))
            other = f"{_code(chance)}\n\n{listed}"
        case _:
            inner = "\n    ".join(f"The {_words(chance)} is {link}." for link in rest)
            other = f"!!! note\n\n    {inner}"
    return f"{prose}\n\n{other}"


def _code(chance: random.Random) -> str:
    topic, other = chance.sample(TOPICS, 2)
    lines = (
        f"def open_{topic}(name: str, *, limit: int = {chance.randint(2, 99)}) -> dict[str, int]:",
        f'    """Open a {topic} for a {other}."""',
        f'    found = {{"{topic}": limit, "{other}": len(name)}}',
        f'    if found["{topic}"] > {chance.randint(100, 999)}:',
        f'        raise ValueError(f"no {topic} of {{name}}")  # the {other} is full',
        "    return found",
    )
    return "\n".join(("```python", *lines, "```"))


def _plant(texts: dict[str, str], paths: list[str]) -> list[Planted]:
    """Add each planted link to the end of a page of its own, evenly spread; return where they are."""
    kinds = [(kind, text, True) for kind, text in BROKEN.items()] + [
        (kind, text, False) for kind, text in RIGHT.items()
    ]
    all_of_them = [kind for kind in kinds for _ in range(PLACES)]
    planted = []
    for number, (kind, template, broken) in enumerate(all_of_them):
        place = number * len(paths) // len(all_of_them)
        path, other = paths[place], paths[place - 1 if place % FOLDER_SIZE else (place + 1) % len(paths)]
        text = template.format(n=f"{number:03}", other=other.rpartition("/")[2].removesuffix(".md"))
        start = texts[path].count("\n") + 2
        texts[path] += f"\n{text}\n"
        word = f"{'gone' if broken else 'right'}-{number:03}"
        lines = tuple(start + line for line, words in enumerate(text.split("\n")) if word in words)
        planted.append(Planted(word, kind, broken, path, lines, places=max(1, text.count("](gone"))))
    return planted


def _index(paths: list[str]) -> str:
    parts = "\n".join(f"- [{_title(path)}]({path})" for path in paths[::FOLDER_SIZE])
    return f"# The book of {len(paths)} pages\n\n{parts}\n"


def _settings(paths: list[str], *, prune: bool) -> str:
    """Return mkdocs.yml as JSON, which is YAML: plain Material, and the extensions that most projects use."""
    folders = [paths[start : start + FOLDER_SIZE] for start in range(0, len(paths), FOLDER_SIZE)]
    nav: list[dict[str, object]] = [{"Home": "index.md"}]
    nav += [{f"Part {number}": [{_title(path): path} for path in folder]} for number, folder in enumerate(folders, 1)]
    settings = {
        "site_name": f"A book of {len(paths)} pages",
        "site_url": "https://example.org/",
        "theme": {"name": "material", "font": False, "features": ["navigation.prune"] if prune else []},
        "plugins": ["search", {"studyguide": {"directives": False}}],
        "markdown_extensions": [
            "admonition", "attr_list", "footnotes", "md_in_html", "tables", {"toc": {"permalink": True}}, "pymdownx.highlight", "pymdownx.superfences",
        ],
        "validation": {"links": {"anchors": "warn", "absolute_links": "ignore"}},
        "nav": nav,
    }  # fmt: skip
    return json.dumps(settings, indent=1) + "\n"


def _image(number: int) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="{60 + number}" height="40"/></svg>\n'


def _relative(path: str, target: str) -> str:
    folder, _, name = target.rpartition("/")
    return name if path.startswith(f"{folder}/") else f"../{target}"


def _slug(heading: str) -> str:
    return re.sub(r"\W+", "-", heading.lower())


def _words(chance: random.Random) -> str:
    return f"{chance.choice(QUALITIES)} {chance.choice(TOPICS)}"


def _sentence(chance: random.Random) -> str:
    return f"The {_words(chance)} {chance.choice(VERBS)} a {_words(chance)} {chance.choice(ENDS)}."


def main() -> None:
    """Write a book into a folder, for a look at it."""
    parser = argparse.ArgumentParser(description="Write the MkDocs project that the benchmark builds.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    options = parser.parse_args()
    write(book(options.pages), options.folder)


if __name__ == "__main__":
    main()
