"""What is left of a page's HTML for other programs, and what that says in plain text."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser
from studyguide.exports.decks.clean import Cleaner, described, text

CLEANER = Cleaner("https://example.org/guide/a/b/", "a/b/", {"fig-a": 'A "way" <out>'})
CASES = {
    "<p>Use <code>a_<wbr>b</code> &lt;now&gt;</p>": "<p>Use <code>a_b</code> &lt;now&gt;</p>",
    '<p class="x" onclick="y()">One<script>alert(1)</script></p>': "<p>One</p>",
    '<a class="sg-term" title="So" href="../c/#d">so</a>': '<a href="https://example.org/guide/a/c/#d">so</a>',
    '<a href="#here">so</a>': '<a href="https://example.org/guide/a/b/#here">so</a>',
    '<img src="../../i/x%20y.png" title="t">': '<img src="image:i/x y.png" alt="">',
    '<img src="https://elsewhere.org/x.png" alt="a&quot;b">': '<img src="https://elsewhere.org/x.png" alt="a&quot;b">',
    "<div><span>a</span> <b>b</b></div>": "a <b>b</b>",
    '<p>It is so\n<span class="sg-cites">[<a class="sg-cite" href="x">4</a>]</span>.</p>': "<p>It is so.</p>",
    '<p>A note<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>, a<sup>b</sup></p>': "<p>A note, a<sup>b</sup></p>",
    '<ol type="A" start="3" id="o"><li>x</li></ol>': '<ol start="3" type="A"><li>x</li></ol>',
    '<td style="color: red" colspan="2">x</td>': "x",
    "<table><tr><td colspan='2'>x</td></tr></table>": '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>',
    '<pre><span></span><code><span class="k">if</span> a:\n    b\n</code></pre>': "<pre><code>if a:\n    b\n</code></pre>",
    "<!-- gone --><style>p {}</style>kept": "kept",
    '<figure-viewer><svg aria-labelledby="fig-a-title fig-a-desc"><title>t</title></svg></figure-viewer>': (
        '<img src="figure:fig-a" alt="A &quot;way&quot; &lt;out&gt;">'
    ),
    '<figure-viewer class="sg-form sg-form--narrow"><svg aria-labelledby="fig-a-title"></svg></figure-viewer>': "",
}
PLAIN = {
    "<p>One\ntwo</p>\n<p>three &amp; &lt;four&gt;</p>": "One two\nthree & <four>",
    "<ul><li>a</li><li><p>b</p></li></ul>": "a\nb",
    "<p>See:</p><pre><code>a &lt; b\n\n  c</code></pre><p>so</p>": "See:\na < b\n\n  c\nso",
    "<table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table>": "x | y\n1 | 2",
    "<p>10<sup>-3</sup> of H<sub>2</sub>O, 1<sup>st</sup></p>": "10⁻³ of H₂O, 1st",
    'An <img src="image:a.png" alt="arrow &amp; box">': "An [arrow & box]",
}


@pytest.mark.parametrize("html", CASES)
def test_known_elements_stay_with_whole_addresses(html: str) -> None:
    body = LexborHTMLParser(f"<main>{html}</main>").css_first("main")
    assert CLEANER.inner(body) == CASES[html]


@pytest.mark.parametrize("html", PLAIN)
def test_plain_text_keeps_lines(html: str) -> None:
    assert text(html) == PLAIN[html]


def test_without_an_address_links_are_words() -> None:
    body = LexborHTMLParser('<main><a href="../c/">so</a> <img src="a.png" alt="b"></main>').css_first("main")
    assert Cleaner("", "q/").inner(body) == 'so <img src="image:q/a.png" alt="b">'


def test_an_image_is_described_where_it_cannot_be_shown() -> None:
    assert described('<img src="figure:a" alt="a &lt;b&gt;">') == "<em>[a &lt;b&gt;]</em>"
