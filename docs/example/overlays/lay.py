"""Lay overlays over the template: python overlays/lay.py nat > with-nat.yaml

A mapping goes into the mapping of its name; a list, a value or `!Ref` takes the place of what was there.
"""

import sys
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent


def lay(*names):
    """Return the text of the template with the overlays of these names."""
    files = [FOLDER.parent / "template.yaml", *(FOLDER / f"{name}.yaml" for name in names)]
    laid, *rest = [yaml.compose(file.read_text("utf-8")) for file in files]
    for above in rest:
        laid = over(laid, above)
    return yaml.serialize(laid)


def over(below, above):
    if not (isinstance(below, yaml.MappingNode) and isinstance(above, yaml.MappingNode)):
        return above
    entries = {key.value: (key, value) for key, value in below.value}
    for key, value in above.value:
        entries[key.value] = (key, over(entries[key.value][1], value) if key.value in entries else value)
    below.value = list(entries.values())
    return below


if __name__ == "__main__":
    known = sorted(file.stem for file in FOLDER.glob("*.yaml"))
    unknown = [name for name in sys.argv[1:] if name not in known]
    if unknown or not sys.argv[1:]:
        sys.exit(f"{', '.join(unknown) or 'nothing'} is no overlay; name one or more of {', '.join(known)}")
    print(lay(*sys.argv[1:]), end="")
