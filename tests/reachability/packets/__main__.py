"""Read states, one JSON object a line; print what each target says, one JSON object a line."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from reachability.settings import TARGETS

from packets.namespaces import end_with_parent, own_resolv_conf
from packets.probe import probe
from packets.topology import RESOLVER, Topology


def main() -> None:
    end_with_parent()
    with tempfile.TemporaryDirectory() as folder:
        own_resolv_conf(f"nameserver {RESOLVER}\noptions timeout:1 attempts:1\n", Path(folder))
    topology = Topology()
    _say("ready")
    for line in sys.stdin:
        asked = json.loads(line)
        place = topology.apply(asked["state"])
        seen = probe((TARGETS[name] for name in asked["targets"]), place, asked["seconds"])
        _say(json.dumps(seen))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


main()
