"""The file -> mappings that know the line of each key; `!Ref X` becomes `{"Ref": "X"}`, and so on."""

from __future__ import annotations

from typing import Any

import yaml


class Mapping(dict[str, Any]):
    """A mapping of the template: ``lines`` has the line of each key, ``line`` its own."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class UnreadableError(ValueError):
    """The file is no template; the message says where and why."""


def text_of(value: Any) -> str:
    """Return a value as CloudFormation writes it into a text."""
    return str(value).lower() if isinstance(value, bool) else str(value)


class _Loader(yaml.SafeLoader):
    """Reads what CloudFormation reads: it knows no aliases, and a nest of them would never end."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="CloudFormation reads no aliases", problem_mark=event.start_mark)
        return super().compose_node(parent, index)


def read(text: str, path: str) -> Mapping:
    """Return the template of a file; YAML and JSON are read alike."""
    try:
        found = yaml.load(_without_tabs(text), _Loader)  # noqa: S506 - a safe loader with constructors for mappings and short forms
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else path
        message = f"{place}: this is no YAML: {error.problem or error.context}"
        raise UnreadableError(message) from None
    except RecursionError:
        message = f"{path}: this is no template: it is nested too deep"
        raise UnreadableError(message) from None
    except (yaml.YAMLError, ValueError) as error:
        message = f"{path}: this is no YAML: {error}"
        raise UnreadableError(message) from None
    if not isinstance(found, Mapping) or not isinstance(found.get("Resources"), Mapping):
        message = f"{path}:1:1: this is no template: it has no mapping named Resources."
        raise UnreadableError(message)
    return found


def _without_tabs(text: str) -> str:
    """Indent JSON by spaces: it may have tabs between its parts, where YAML has none, and has none within a text."""
    return text.replace("\t", " ") if text.lstrip("\ufeff \t\r\n").startswith("{") else text


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> Mapping:
    loader.flatten_mapping(node)
    made = Mapping(node.start_mark.line + 1)
    for key_node, value_node in node.value:
        key = text_of(loader.construct_object(key_node, deep=True))
        made[key] = loader.construct_object(value_node, deep=True)
        made.lines[key] = key_node.start_mark.line + 1
    return made


def _short_form(loader: yaml.SafeLoader, name: str, node: yaml.Node) -> Mapping:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = _mapping(loader, node)  # type: ignore[arg-type]
    key = name if name in ("Ref", "Condition") else f"Fn::{name}"
    if key == "Fn::GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    made = Mapping(node.start_mark.line + 1)
    made[key], made.lines[key] = value, made.line
    return made


def _text(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
# A template's version looks like a date and means a text.
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _text)
_Loader.add_multi_constructor("!", _short_form)
