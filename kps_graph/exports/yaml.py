"""Writes a standard in the YAML authoring format, as a person would."""

from __future__ import annotations

from typing import Any

from kps_graph.extract.interchange import to_data
from kps_graph.model import Standard

__all__ = ["to_yaml"]


def to_yaml(standard: Standard) -> str:
    """The interchange shape of ``standard`` as YAML; reading it gives the same standard.

    Lists of codes stand on one line, texts that look like numbers are quoted.
    """
    import yaml

    class Dumper(yaml.SafeDumper):
        """Indents lists below their key, and writes lists of codes on one line."""

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, False)

    def sequence(dumper: yaml.SafeDumper, data: list[Any]) -> yaml.Node:
        codes = bool(data) and all(
            isinstance(d, str) and len(d) < 12 and d[:1] in "KS#" and any(c.isdigit() for c in d)
            for d in data
        )
        return dumper.represent_sequence(
            "tag:yaml.org,2002:seq", data, flow_style=codes or not data
        )

    def text(dumper: yaml.SafeDumper, data: str) -> yaml.Node:
        # a line break that is none to people would come back as a space
        quoted = '"' if any(c in data for c in "\x85\u2028\u2029\ufeff") else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=quoted)

    Dumper.add_representer(list, sequence)
    Dumper.add_representer(str, text)
    written: str = yaml.dump(
        to_data(standard), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10_000
    )
    return written
