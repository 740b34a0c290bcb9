"""What the lab says of every choice of its settings, as HTML that needs no script: a page's styles show the branch chosen.

    <div class="sg-if if-egress-all if-egress-target"> ... </div>  <div class="sg-if if-egress-none"> ... </div>

The styles hide each branch and show those whose value is checked. A branch may stand in another.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from reachability.model import text
from reachability.outcomes import OUTCOMES
from reachability.questions import question_of
from reachability.settings import IMPOSSIBLE, SETTINGS, TARGETS
from reachability.words import CODE_RE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from reachability.outcomes import Outcome
    from reachability.settings import Settings, Target

# Every setting, and what is called.
CHOICES: Mapping[str, Sequence[str]] = {
    "target": tuple(TARGETS),
    **{name: setting.values for name, setting in SETTINGS.items()},
}


def branch(name: str, values: Iterable[str], html: str) -> str:
    """Return what shows while the setting has one of these values."""
    return f'<div class="sg-if {" ".join(f"if-{name}-{value}" for value in values)}">{html}</div>'


def chosen(offers: Sequence[str], state: Settings, said: Callable[[Settings], str]) -> str:
    """Return what is said of each combination of the settings that are offered; equal parts are one."""
    if not offers:
        return said(state)
    name, *rest = offers
    parts: dict[str, list[str]] = {}
    for value in CHOICES[name]:
        parts.setdefault(chosen(rest, {**state, name: value}, said), []).append(value)
    if len(parts) == 1:
        return next(iter(parts))
    return "".join(branch(name, values, html) for html, values in parts.items())


def hops(
    graph: Mapping[str, Any], target: Target, fixed: Settings, more: Callable[[Settings], str] = lambda _: ""
) -> str:
    """Return the items of a list of hops, by the graph alone; a setting that is fixed is no choice.

    A stop says ``more`` of the settings that the call has met.
    """
    start = next(known["start"] for known in graph["targets"] if known["name"] == target.name)
    return _Hops(graph, target, fixed, more).node(start, "", {})


class _Hops(NamedTuple):
    """What the nodes of a graph become for one target."""

    graph: Mapping[str, Any]
    target: Target
    fixed: Settings
    more: Callable[[Settings], str]

    def node(self, at: int, last: str, met: Settings) -> str:
        told, *question = self.graph["nodes"][at]
        keys = [self.graph["outcomes"][number]["key"] for number in told]
        html, last = "".join(_hop(self.target, OUTCOMES[key]) for key in keys), keys[-1] if keys else last
        if not question:
            return html + self._end(last, met)
        number, children = question
        name, values = self.graph["settings"][number]["name"], self.graph["settings"][number]["values"]
        if name in self.fixed:
            return html + self.node(children[values.index(self.fixed[name])], last, met)
        parts: dict[int, list[str]] = {}
        for value, child in zip(values, children, strict=True):
            parts.setdefault(child, []).append(value)
        return html + "".join(
            branch(name, these, self.node(child, last, {**met, name: these[0]})) for child, these in parts.items()
        )

    def _end(self, key: str, met: Settings) -> str:
        outcome = OUTCOMES[key]
        if outcome.allowed:
            return _end('data-hop=""', "The call gets through.")
        seen = escape(text(self.target, outcome), quote=False)
        words = f"The call is stopped here. The code or its deployment shows: <code>{seen}</code>{self.more(met)}"
        return _end(f'data-hop="{outcome.hop}" data-question="{question_of(self.target.name, key)}"', words)


def _hop(target: Target, outcome: Outcome) -> str:
    because = escape(outcome.because.format(title=target.title, port=target.port), quote=False)
    because = CODE_RE.sub(r"<code>\g<0></code>", because)
    state, word = ("passed", "Allowed") if outcome.allowed else ("stopped", "Blocked")
    place = outcome.at[0].upper() + outcome.at[1:]
    start = f'<div role="listitem" class="sg-hop sg-hop--{state}" data-hop="{outcome.hop}">'
    return f"{start}<b>{place}</b> <i>{word}:</i> {because}</div>"


def _end(data: str, words: str) -> str:
    return f'<div role="listitem" class="sg-hop sg-hop--end" {data}>{words}</div>'


def impossible() -> str:
    """Return why values cannot be at the same time, each shown where it is so."""
    html = ""
    for rule in IMPOSSIBLE:
        part = f'<p class="sg-lab__never">This cannot be: {escape(rule.because, quote=False)}</p>'
        for name, values in rule.when.items():
            part = branch(name, values, part)
        html += branch("target", rule.targets, part) if rule.targets else part
    return html


def sheet() -> str:
    """Return the styles that show what is chosen, and hide the hops of what cannot be.

    At every choice a browser looks for the checked box of each rule, through all that `:has` is asked of: so that is the
    few settings, and not the thousands of hops beside them.
    """
    rules = [".sg-if{display:none}"]
    for name, value in ((name, value) for name, values in CHOICES.items() for value in values):
        checked, part = f'.sg-lab__set:has([value="{name}={value}"]:checked)', f".if-{name}-{value}"
        # What is called decides which settings show, too.
        within = f",{checked} {part}" if name == "target" else ""
        rules.append(f"{checked}~* {part}{within}{{display:block}}")
    for rule in IMPOSSIBLE:
        when = {**({"target": rule.targets} if rule.targets else {}), **rule.when}
        boxes = [[f'[value="{name}={value}"]' for value in values] for name, values in when.items()]
        has = "".join(f":has(:is({','.join(each)}):checked)" for each in boxes)
        rules.append(f".sg-lab__set{has}~* .sg-lab__hops{{display:none}}")
    return "\n".join(rules) + "\n"
