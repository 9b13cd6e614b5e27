"""How much of a standard each format gives back: precision and recall over items, per field.

The example standards (and, with ``--generated N``, N generated ones) are set as HTML and ODT,
turned into DOCX and PDF by LibreOffice, and read again: ``uv run python -m benchmarks.fidelity``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from kps_graph.extract import extract
from kps_graph.model import Element, Standard
from kps_graph.readers import read
from tests.support.generate import standards
from tests.support.odt import to_odt
from tests.support.office import convert
from tests.support.render import grid, to_html

ROOT = Path(__file__).parent.parent


def items(standard: Standard) -> dict[str, Counter[tuple[object, ...]]]:
    """Every item of a standard, by field."""
    found: dict[str, Counter[tuple[object, ...]]] = {}

    def add(field: str, *item: object) -> None:
        found.setdefault(field, Counter())[item] += 1

    for field in ("code", "name", "name_kind", "layout", "description", "level"):
        add("header", field, getattr(standard, field))
    for version in standard.versions:
        add("versions", version)
    for scheme in ("job_category", "occupation", "industry"):
        for stated in getattr(standard.classification, scheme):
            add("classes", scheme, stated.code, stated.name)
    for unit in standard.units():
        add("units", unit.code, unit.name)
        add("levels", unit.code, unit.level)
        for code in (*unit.knowledge, *unit.skills):
            add("attachments", unit.code, code)
        for output in unit.outputs:
            add("outputs", unit.code, output.code, output.name)
        for indicator in unit.indicators:
            add("indicators", unit.code, indicator.code, indicator.text)
            add("levels", indicator.code, indicator.level)
            for code in (*indicator.knowledge, *indicator.skills):
                add("attachments", indicator.code, code)
    for kind, elements in (("knowledge", standard.knowledge), ("skills", standard.skills)):
        for element in elements:
            add(kind, element.code, element.name)
            for n, item in enumerate(element.items):
                add("sub-items", element.code, n, item.text)
    for attitude in standard.attitudes:
        add("attitudes", attitude.code, attitude.name, attitude.definition)
    for note in standard.notes:
        add("notes", note.text, *(i.text for i in note.items))
    return found


def examples() -> dict[str, Standard]:
    """The example standards, without elements that no unit uses: no document can show those."""
    found = {}
    for path in sorted((ROOT / "examples").iterdir()):
        if path.suffix in (".yaml", ".md") and path.stem != "README":
            standard = extract(read(path.read_bytes(), path.name)).standard
            used = {c for u in standard.units() for h in (u, *u.indicators)
                    for c in (*h.knowledge, *h.skills)}

            def kept(elements: tuple[Element, ...], used: set[str] = used) -> tuple[Element, ...]:
                return tuple(e for e in elements if e.code in used)

            found[path.stem] = replace(standard, knowledge=kept(standard.knowledge),
                                       skills=kept(standard.skills))
    return found


def generated(count: int) -> dict[str, Standard]:
    """Generated standards in both layouts, always the same ones."""
    made: dict[str, Standard] = {}

    @seed(20)
    @settings(max_examples=count, phases=[Phase.generate], database=None, deadline=None,
              suppress_health_check=list(HealthCheck))
    @given(standards())
    def collect(standard: Standard) -> None:
        made.setdefault(f"generated-{len(made)}", standard)

    collect()
    return made


def renderings(found: dict[str, Standard]) -> dict[str, dict[str, bytes]]:
    """Each standard by format: HTML and ODT directly, DOCX and PDF by LibreOffice."""
    grids = {name: grid(standard) for name, standard in found.items()}
    odt = {name: to_odt(blocks) for name, blocks in grids.items()}
    sources = {f"{name}.odt": data for name, data in odt.items()}
    made = {"html": {n: to_html(b).encode() for n, b in grids.items()}, "odt": odt}
    for kind in ("docx", "pdf"):
        converted = convert(sources, kind)
        made[kind] = {k.rsplit(".", 1)[0]: data for k, data in converted.items()}
    return made


def main() -> None:
    """Prints precision and recall per format and field."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--generated", type=int, default=20)
    options = parser.parse_args()
    found = {**examples(), **generated(options.generated)}
    print(f"{len(found)} standards\n{'':14}{'format':8}{'items':>8}{'precision':>11}{'recall':>8}")
    for kind, documents in renderings(found).items():
        wanted: Counter[str] = Counter()
        given_back: Counter[str] = Counter()
        right: Counter[str] = Counter()
        for name, standard in found.items():
            again = items(extract(read(documents[name], f"{name}.{kind}")).standard)
            for field, counted in items(standard).items():
                wanted[field] += counted.total()
                right[field] += (counted & again.get(field, Counter())).total()
            for field, counted in again.items():
                given_back[field] += counted.total()
        for field in wanted:
            print(f"{field:14}{kind:8}{wanted[field]:8}"
                  f"{right[field] / max(1, given_back[field]):11.3f}"
                  f"{right[field] / wanted[field]:8.3f}")


if __name__ == "__main__":
    main()
