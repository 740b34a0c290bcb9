"""Addresses that are wrong by themselves, and where the addresses in an element end."""

from __future__ import annotations

import pytest
from studyguide.links.faults import fault
from studyguide.text import css
from studyguide.text.srcset import addresses


@pytest.mark.parametrize(
    ("href", "code"),
    [
        ("htp://example.org/", "LNK005"),
        ("HTPS://example.org/", "LNK005"),
        ("http:/example.org", "LNK005"),
        ("https:example.org", "LNK005"),
        ("https:///x", "LNK005"),
        ("https//example.org", "LNK005"),
        ("://example.org", "LNK005"),
        ("http://[", "LNK005"),
        ("www.example.org/x", "LNK005"),
        ("me@example.org", "LNK005"),
        ("mialto:me@example.org", "LNK005"),
        ("mailto:", "LNK005"),
        ("tel: ", "LNK005"),
        ("https://.org/x", "LNK005"),
        ("https://example,org/", "LNK005"),
        ("//example..org/x", "LNK005"),
        ("D:/x.png", "LNK006"),
        ("FILE:///etc/passwd", "LNK006"),
        ("\\\\server\\x", "LNK006"),
        ("http://LOCALHOST/", "LNK006"),
        ("https://app.localhost:3000/x", "LNK006"),
        ("http://0.0.0.0:80", "LNK006"),
        ("http://127.1.2.3/", "LNK006"),
        ("http://[::1]/", "LNK006"),
        ("//localhost/x", "LNK006"),
    ],
)
def test_address_is_wrong(href: str, code: str) -> None:
    found = fault(href)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("href", "fix"),
    [
        ("\u201chttps://example.org/\u201d", "Write `https://example.org/`."),
        ("https://example.org/ \u201ca title\u201d", 'Write `(https://example.org/ "a title")`.'),
        ("https\uff1a//example.org/", "Write `https://example.org/`."),
        ("\uff48ttps://example.org", "Write `https://example.org`."),
    ],
)
def test_address_is_typed_otherwise(href: str, fix: str) -> None:
    found = fault(href)
    assert found is not None
    assert (found.code, found.fix) == ("LNK005", fix)


@pytest.mark.parametrize(
    "href",
    [
        "https://example.org", "HTTP://example.org:8000/x", "//example.org/", "mailto:me@example.org", "tel:+49", "data:,x", "https://größe.example.", "http://me:word@ex_a-mple.org:80/", "http://[2001:db8::1]/",
        "vscode:extension/x", "web+coffee:x", "magnet:?xt=1", "s3://bucket/key", "obsidian://open", "https://localhost.org/",
        "http://10.0.0.5/", "http://128.0.0.1/", "a.md", "../a/", "#x", "?q=http:/x", "/x", "", "logo@2x.png", "www/index.md",
        "httpd.md", "https.md#http:/", "C/plan.md", "\u201ca.md\u201d", "https://example.org/\uff1ax", "javascript:void(0)", "example.org/x",
    ],
)  # fmt: skip
def test_address_may_be_right(href: str) -> None:
    assert fault(href) is None


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a.png 1x, b.png 2x", ["a.png", "b.png"]),
        ("a.png", ["a.png"]),
        (" a.png , b.png 100w,c.png 200w ", ["a.png", "b.png", "c.png"]),
        ("a,b.png 1x, c.png", ["a,b.png", "c.png"]),
        ("data:image/gif;base64,R0lG 1x, b.png 2x", ["data:image/gif;base64,R0lG", "b.png"]),
        ("a.png 1x f(1,2), b.png", ["a.png", "b.png"]),
        (",,a.png,,", ["a.png"]),
        ("", []),
        (" , ", []),
    ],
)
def test_addresses_of_a_srcset(value: str, found: list[str]) -> None:
    assert [address for _, address in addresses(value)] == found
    assert [value[offset : offset + len(address)] for offset, address in addresses(value)] == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a { background: url(a.png) } b { mask: url( 'b c.svg' ) }", ["a.png", "b c.svg"]),
        ('@import "a.css"; @import url("b.css");', ["a.css", "b.css"]),
        ('image-set(\'a.png\' 1x, "b.avif" type("image/avif"), url(c.png) 2x)', ["c.png", "a.png", "b.avif"]),
        ("-webkit-image-set(url(a.png) 1x)", ["a.png"]),
        ("image-set( linear-gradient(rgb(0 0 0), red) 1x, 'a.png' type( 'image/png' ) 2x)", ["a.png"]),
        ("IMAGE-SET(URL( 'a.png' ) 1x,\n  'b.png'2x)", ["a.png", "b.png"]),
        ("url(data:image/gif;base64,R0) url(#gradient) url() url('')", []),
        ("/* url(a.png) */ url(b.png) /* image-set('c.png')", ["b.png", "c.png"]),
        ("content: 'a.png'; type('b.png')", []),
        ("url(" * 50_000, []),
        ("image-set('a' (" * 20_000, []),
    ],
)
def test_addresses_of_a_style(value: str, found: list[str]) -> None:
    assert [address for _, address in css.addresses(value)] == found
    assert [value[offset : offset + len(address)] for offset, address in css.addresses(value)] == found
