"""How much of a standard each format gives back: precision and recall over items, per field.

The example standards and ``--generated N`` generated ones, in both layouts and in every style of
:class:`tests.support.render.Style`, are set as markdown, HTML and ODT, turned into DOCX and PDF by
LibreOffice, and read again: ``uv run python -m benchmarks.fidelity``. ``--portrait`` sets them on
upright pages, where columns are so narrow that words and codes are cut. A PDF does not say whether
a space stood where a full line broke between a Chinese character and a Latin word; the last column
is the recall without regard to those.

Then the same for every form that the items of a cell take (:mod:`tests.support.forms`), ``--each``
standards in each: paragraphs, lines or running text, blank or glued, with names that begin with
Chinese, Latin or digits, with and without gaps. ``silent`` counts the items with a code that are
lost and that no finding names; ``false`` the findings that name a code (E27, E28) in documents of
which nothing is lost; ``doubts`` those that say that digits may be the code's or the name's (E03).
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings, strategies

from kps_graph.extract import extract
from kps_graph.model import Element, Standard
from kps_graph.readers import read
from tests.support.forms import Form, forms
from tests.support.generate import standards
from tests.support.items import CONTENT, items, loose, silent
from tests.support.markdown import documents
from tests.support.odt import to_odt
from tests.support.office import convert
from tests.support.render import Style, grid, to_html, to_markdown

FORMATS = ("md", "html", "odt", "docx", "pdf")
ROOT = Path(__file__).parent.parent


def examples() -> dict[str, Standard]:
    """The example standards, without elements that no unit uses: no document can show those."""
    found = {}
    for path in sorted((ROOT / "examples").iterdir()):
        if path.suffix in (".yaml", ".md") and path.stem != "README":
            standard = extract(read(path.read_bytes(), path.name)).standard
            used = {
                c
                for u in standard.units()
                for h in (u, *u.indicators)
                for c in (*h.knowledge, *h.skills)
            }

            def kept(elements: tuple[Element, ...], used: set[str] = used) -> tuple[Element, ...]:
                return tuple(e for e in elements if e.code in used)

            found[path.stem] = replace(
                standard, knowledge=kept(standard.knowledge), skills=kept(standard.skills)
            )
    return found


def generated(count: int, by: int = 20) -> dict[str, tuple[Standard, str]]:
    """Generated standards in both layouts with their markdown form, for a seed always the same."""
    made: dict[str, tuple[Standard, str]] = {}

    @seed(by)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategies.data())
    def collect(data: strategies.DataObject) -> None:
        standard = data.draw(standards())
        made.setdefault(f"generated-{len(made)}", (standard, data.draw(documents(standard))))

    collect()
    return made


def style(number: int) -> Style:
    """The style of the document with this number."""
    chosen = random.Random(number)
    return Style(
        attitudes=chosen.choice(["list", "table", "body"]),
        notes=chosen.choice(["list", "table"]),
        bullets=chosen.choice(["list", "• ", "\uf06c ", "‧ "]),
        stacked_classes=chosen.random() < 0.5,
        units_per_cell=chosen.choice([1, 1, 3]),
        gap=chosen.choice([" ", "", "\u3000"]),
    )


def renderings(
    found: dict[str, Standard], page: tuple[float, float], formats: Sequence[str]
) -> dict[str, dict[str, bytes]]:
    """Each standard by format: HTML and ODT directly, DOCX and PDF by LibreOffice."""
    grids = {name: grid(standard, style(n)) for n, (name, standard) in enumerate(found.items())}
    odt = {name: to_odt(blocks, page=page) for name, blocks in grids.items()}
    sources = {f"{name}.odt": data for name, data in odt.items()}
    made = {"html": {n: to_html(b).encode() for n, b in grids.items()}, "odt": odt}
    for kind in {"docx", "pdf"} & {*formats}:
        converted = convert(sources, kind)
        made[kind] = {k.rsplit(".", 1)[0]: data for k, data in converted.items()}
    return {kind: made[kind] for kind in formats if kind in made}


def measure(kind: str, documents: dict[str, bytes], found: dict[str, Standard]) -> None:
    """Prints what one format gives back."""
    wanted: Counter[str] = Counter()
    given_back: Counter[str] = Counter()
    right: Counter[str] = Counter()
    nearly: Counter[str] = Counter()
    for name, data in documents.items():
        again = items(extract(read(data, f"{name}.{kind}")).standard)
        for field, counted in items(found[name]).items():
            have = again.get(field, Counter())
            wanted[field] += counted.total()
            right[field] += (counted & have).total()
            nearly[field] += (
                Counter(map(loose, counted.elements())) & Counter(map(loose, have.elements()))
            ).total()
        for field, counted in again.items():
            given_back[field] += counted.total()
    for field in wanted:
        all_of, got = wanted[field], max(1, given_back[field])
        print(
            f"{kind:10}{field:14}{all_of:8}{right[field] / got:11.4f}"
            f"{right[field] / all_of:8.4f}{nearly[field] / all_of:8.4f}"
        )


def in_forms(found: dict[str, Standard]) -> dict[str, tuple[Form, Standard]]:
    """Every standard in every form, by the name of its file."""
    return {
        f"{number}-{name}": (form, form.standard(standard, n))
        for number, form in enumerate(forms())
        for n, (name, standard) in enumerate(found.items())
    }


def measure_forms(
    found: dict[str, Standard], page: tuple[float, float], formats: Sequence[str]
) -> None:
    """Prints what every form gives back in every one of the ``formats``."""
    cases = in_forms(found)
    grids = {
        name: grid(standard, form.style(style(n)))
        for n, (name, (form, standard)) in enumerate(cases.items())
    }
    odt = {f"{name}.odt": to_odt(blocks, page=page) for name, blocks in grids.items()}
    made = {
        "md": lambda: {
            f"{name}.md": to_markdown(grid(standard, form.style(Style(bullets="• ")))).encode()
            for name, (form, standard) in cases.items()
        },
        "html": lambda: {
            f"{name}.html": to_html(blocks).encode() for name, blocks in grids.items()
        },
        "odt": lambda: odt,
        "docx": lambda: convert(odt, "docx"),
        "pdf": lambda: convert(odt, "pdf"),
    }
    print(
        f"{'':24}{'items':>8}{'precision':>11}{'recall':>8}{'loose':>8}{'silent':>8}{'false':>7}{'doubts':>8}"
    )
    for kind in formats:
        files = made[kind]()
        sums: dict[str, Counter[str]] = {}
        for file, data in files.items():
            form, standard = cases[file.rsplit(".", 1)[0]]
            extraction = extract(read(data, file))
            want, have = items(standard), items(extraction.standard)
            total = sums.setdefault(f"{form.layout} {'blank' if form.gap else 'glued'}", Counter())
            rules = Counter(f.rule for f in extraction.findings)
            whole = True
            for field in CONTENT:
                one, two = want.get(field, Counter()), have.get(field, Counter())
                near = Counter(map(loose, one.elements())) & Counter(map(loose, two.elements()))
                total["wanted"] += one.total()
                total["got"] += two.total()
                total["right"] += (one & two).total()
                total["near"] += near.total()
                whole &= near.total() == one.total() == two.total()
            total["silent"] += len(silent(standard, extraction))
            total["false"] += (rules["E27"] + rules["E28"]) * whole
            total["doubts"] += rules["E03"]
        for form_name, total in sums.items():
            wanted, got = total["wanted"], max(1, total["got"])
            print(
                f"{kind:6}{form_name:18}{wanted:8}{total['right'] / got:11.4f}"
                f"{total['right'] / wanted:8.4f}{total['near'] / wanted:8.4f}{total['silent']:8}"
                f"{total['false']:7}{total['doubts']:8}"
            )


def main() -> None:
    """Prints precision and recall per format and field."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--generated", type=int, default=60)
    parser.add_argument("--each", type=int, default=6, help="standards for each form")
    parser.add_argument("--seed", type=int, default=20, help="of the generated standards")
    parser.add_argument("--portrait", action="store_true")
    parser.add_argument("--forms", action="store_true", help="the forms of cells only")
    parser.add_argument("--formats", nargs="+", default=FORMATS, choices=FORMATS)
    options = parser.parse_args()
    made = generated(options.generated, options.seed)
    found = {**examples(), **{name: standard for name, (standard, _) in made.items()}}
    print(f"{len(found)} standards\n{'':24}{'items':>8}{'precision':>11}{'recall':>8}{'loose':>8}")
    page = (21.0, 29.7) if options.portrait else (29.7, 21.0)
    first = {name: standard for name, (standard, _) in [*made.items()][: options.each]}
    if first:
        measure_forms(first, page, options.formats)
    if options.forms or not options.generated:
        return
    if "md" in options.formats:
        measure("md", {name: text.encode() for name, (_, text) in made.items()}, found)
    for kind, rendered in renderings(found, page, options.formats).items():
        measure(kind, rendered, found)


if __name__ == "__main__":
    main()
