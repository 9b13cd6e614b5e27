"""Writes the SKOS schemes below ``ontology/schemes`` from the catalog of official lists.

::

    python scripts/build_schemes.py CATALOG.json [FOLDER]

The output depends on the catalog and on ``ontology/schemes/english.tsv`` alone: same input, same
bytes. A concept whose official list gives no definition has none. An English name that is published
is a ``skos:prefLabel``, one of ours a ``skos:altLabel``; a unit group of the occupations whose code
and name are those of ISCO-08 is a close match of it, with its evidence in ``isco-08.sssom.tsv``.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

SCHEMES: Final = "https://w3id.org/kps-graph/scheme/"
ENGLISH: Final = Path(__file__).parents[1] / "ontology" / "schemes" / "english.tsv"
ISCO: Final = "http://data.europa.eu/esco/isco/"
#: Where English names of ours come from.
OURS: Final = "ours"
GUIDE: Final = "勞動部勞動力發展署，職能基準發展指引 (2022)"
HEADER: Final = """\
# Written by scripts/build_schemes.py; change the script, not this file.
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix scheme: <{base}> .
@prefix {name}: <{base}{name}/> .
"""
EVIDENCE: Final = """\
# curie_map:
#   isco: {isco}
#   occupation: {base}occupation/
#   semapv: https://w3id.org/semapv/vocab/
#   skos: http://www.w3.org/2004/02/skos/core#
# mapping_set_id: https://w3id.org/kps-graph/scheme/isco-08
# mapping_set_title: Unit groups of the occupations of Taiwan that ISCO-08 has under the same code and name
# license: https://www.apache.org/licenses/LICENSE-2.0
# object_source: ILO, ISCO-08 Structure and definitions
# subject_source: DGBAS, Standard Occupational Classification, 6th revision
subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\tcomment
"""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme; ``broader`` is the code of its parent."""

    code: str
    label: str
    broader: str | None = None
    definition: str | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """A concept scheme; ``name`` is the last part of its IRI, ``file`` of its file."""

    name: str
    file: str
    title: Mapping[str, str]
    source: str
    concepts: tuple[Concept, ...]
    notes: Mapping[str, str] = field(default_factory=dict)


@cache
def english() -> Mapping[tuple[str, str], tuple[str, str]]:
    """The English names: by scheme and code, the name and who published it."""
    with ENGLISH.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return {(r["scheme"], r["code"]): (r["english"], r["source"]) for r in rows}


def levels(catalog: Mapping[str, Any]) -> Scheme:
    """The six competency levels, with the official descriptions."""
    return Scheme(
        name="level",
        file="levels.ttl",
        title={"zh-Hant": "職能級別", "en": "Competency levels"},
        source=f"{GUIDE}，表 3，第 50 頁",
        concepts=tuple(
            Concept(code, f"職能級別 {code}", definition=definition)
            for code, definition in catalog["levels"].items()
        ),
    )


def attitudes(catalog: Mapping[str, Any]) -> Scheme:
    """The fourteen official attitudes; the names of earlier lists are alternatives."""
    return Scheme(
        name="attitude",
        file="attitudes.ttl",
        title={"zh-Hant": "職能基準態度清單", "en": "Attitudes of competency standards"},
        source=f"{GUIDE}，第 76 頁；定義取自已公告職能基準中最常見的文字",
        concepts=tuple(
            Concept(
                item["catalogCode"],
                item["name"],
                definition=item["definition"],
                alternatives=tuple(item["altNames"]),
            )
            for item in catalog["attitudes"]
        ),
        notes={
            "zh-Hant": "職能基準可列清單以外的態度；"
            "其中的 A01 等代碼是文件內的位置，與本清單的代碼無關。",
            "en": "A standard may list attitudes of its own. The codes A01, ... in a standard are "
            "places in that document and have nothing to do with the codes of this list.",
        },
    )


def soft_skills(catalog: Mapping[str, Any]) -> Scheme:
    """The twenty-four official soft skills."""
    return Scheme(
        name="soft-skill",
        file="soft-skills.ttl",
        title={"zh-Hant": "職能基準軟性技能清單", "en": "Soft skills of competency standards"},
        source=f"{GUIDE}，第 74–75 頁",
        concepts=tuple(Concept(i["catalogCode"], i["name"]) for i in catalog["softSkills"]),
        notes={
            "zh-Hant": "職能基準中的 S01 等代碼是文件內的位置，與本清單的代碼無關。",
            "en": "The codes S01, ... in a standard are places in that document and have nothing "
            "to do with the codes of this list.",
        },
    )


def categories(catalog: Mapping[str, Any]) -> Scheme:
    """The job categories: clusters (one letter) and the pathways (three letters) below them."""
    clusters = [Concept(code, name) for code, name in catalog["clusters"].items()]
    return Scheme(
        name="category",
        file="categories.ttl",
        title={"zh-Hant": "職類別", "en": "Job categories"},
        source="依 908 份已公告職能基準所載職類別代碼與名稱整理",
        concepts=(*clusters, *(pathway(c, entry) for c, entry in catalog["categories"].items())),
        notes={
            "zh-Hant": "本清單並不完整：只含在上述職能基準中出現過的代碼，"
            "職類「政府公共事務」未曾出現。不在清單中的代碼未必有誤。"
            "官方未公布英文名稱，此處的英文 (altLabel) 為本專案所譯。",
            "en": "The list is incomplete: it has the codes that occur in those standards, and the "
            "cluster 政府公共事務 never does. A code that is missing here is not thereby wrong. "
            "No English names are published: those here (altLabel) are ours.",
        },
    )


def pathway(code: str, entry: Mapping[str, Any]) -> Concept:
    """A pathway, named as the documents print it most often with its cluster before it."""
    names = [entry["name"], *sorted(entry["variants"], key=lambda v: (-entry["variants"][v], v))]
    full = next(name for name in names if "／" in name)
    return Concept(code, full.split("／")[1], broader=code[0], alternatives=(full,))


def occupations(catalog: Mapping[str, Any]) -> Scheme:
    """The standard occupational classification: each code below the code without its last digit."""
    return Scheme(
        name="occupation",
        file="occupations.ttl",
        title={"zh-Hant": "職業別", "en": "Occupations"},
        source="行政院主計總處，中華民國職業標準分類第 6 次修訂 (2010-05)，"
        "據 MOHW-TWCoreIG/cctwFHIRterm 之代碼表",
        concepts=tuple(
            Concept(code, name, broader=code[:-1] or None)
            for code, name in catalog["occupation"].items()
        ),
        notes={
            "zh-Hant": "結構近於 ISCO-08，但同碼未必同義（例如 5404 相當於 ISCO 5414）。"
            "英文名稱 (prefLabel) 於代碼與名稱皆相符時取自 ISCO-08，大類 1 取自主計總處；"
            "其餘 (altLabel) 為本專案所譯。",
            "en": "Built like ISCO-08, but equal codes need not mean the same (5404 is ISCO 5414). "
            "English names (prefLabel) are those of ISCO-08 where code and name agree, that of the "
            "major group 1 DGBAS's; the others (altLabel) are ours.",
        },
    )


def industries(catalog: Mapping[str, Any]) -> Scheme:
    """The standard industrial classification, with the classes that repeat their group."""
    listed = {
        code: Concept(code, entry["name"], broader=parent_of(entry["path"]))
        for code, entry in catalog["industry"].items()
    }
    return Scheme(
        name="industry",
        file="industries.ttl",
        title={"zh-Hant": "行業別", "en": "Industries"},
        source="行政院主計總處，行業統計分類第 11 次修訂 (2021-01)，"
        "據 MOHW-TWCoreIG/cctwFHIRterm 之代碼表",
        concepts=(*listed.values(), *repeated(listed)),
        notes={
            "zh-Hant": "只有一個細類的小類，其細類代碼為小類代碼加 0，名稱相同"
            "（5210 在 521 之下）；只有一個小類的中類亦同。來源代碼表未列這些代碼，此處補上。"
            "職能基準所載代碼前另有大類字母（H5210）。英文名稱 (prefLabel) 於大類字母與名稱皆相符時"
            "取自 ISIC Rev. 4；其餘 (altLabel) 為本專案所譯，中類以下沒有。",
            "en": "A group with one class has the class 'group + 0' of the same name (5210 below "
            "521), and so has a division with one group. The code list leaves these out; they are "
            "added here. Standards print the letter of the section before the code (H5210). English "
            "names of sections (prefLabel) are those of ISIC Rev. 4 where letter and name agree; the "
            "others (altLabel) are ours, and below divisions there are none.",
        },
    )


def parent_of(path: list[str]) -> str | None:
    """The code above the last of ``path``."""
    return path[-2] if len(path) > 1 else None


def repeated(listed: Mapping[str, Concept]) -> Iterator[Concept]:
    """The groups and classes that the code list leaves out, since they repeat what is above."""
    parents = {concept.broader for concept in listed.values()}
    for code, concept in listed.items():
        while re.fullmatch(r"\d{2,3}", code) and code not in parents:
            yield Concept(code + "0", concept.label, broader=code)
            code += "0"


def turtle(scheme: Scheme) -> str:
    """The scheme as Turtle, concepts in the order of their codes."""
    concepts = sorted(scheme.concepts, key=lambda c: c.code)
    tops = [c.code for c in concepts if c.broader is None]
    head = [
        f"scheme:{scheme.name} a skos:ConceptScheme",
        f"dcterms:title {texts(scheme.title)}",
        f"dcterms:source {text(scheme.source)}",
    ]
    if scheme.notes:
        head.append(f"skos:scopeNote {texts(scheme.notes)}")
    head.append(f"skos:hasTopConcept {iris(scheme.name, tops)}")
    blocks = [block(head), *(block(lines(scheme.name, c, concepts)) for c in concepts)]
    header = HEADER.format(base=SCHEMES, name=scheme.name)
    if scheme.name == "occupation":
        header += f"@prefix isco: <{ISCO}> .\n"
    return header + "".join(f"\n{b}" for b in blocks)


def close(scheme: str, code: str) -> bool:
    """Whether a concept is a unit group that ISCO-08 has under the same code and name."""
    return len(code) == 4 and english().get((scheme, code), ("", ""))[1] == "ISCO-08"


def evidence(scheme: Scheme) -> str:
    """The close matches of the occupations as SSSOM, with what they rest on."""
    rows = [
        "\t".join(
            (
                f"occupation:{c.code}",
                c.label,
                "skos:closeMatch",
                f"isco:C{c.code}",
                english()[scheme.name, c.code][0],
                "semapv:ManualMappingCuration",
                "same code, and the names say the same"
                + ("; each holds what its siblings leave" if "其他" in c.label else ""),
            )
        )
        for c in sorted(scheme.concepts, key=lambda c: c.code)
        if close(scheme.name, c.code)
    ]
    return EVIDENCE.format(base=SCHEMES, isco=ISCO) + "".join(f"{row}\n" for row in rows)


def lines(name: str, concept: Concept, concepts: Iterable[Concept]) -> Iterator[str]:
    """What is said of one concept, a predicate each."""
    yield f"{name}:{concept.code} a skos:Concept"
    yield f"skos:inScheme scheme:{name}"
    yield f'skos:notation "{concept.code}"'
    named, source = english().get((name, concept.code), ("", ""))
    official = [text(concept.label)]
    others = [text(a) for a in concept.alternatives]
    if named:
        (others if source == OURS else official).append(text(named, "en"))
    yield f"skos:prefLabel {' , '.join(official)}"
    if others:
        yield f"skos:altLabel {' , '.join(others)}"
    if concept.definition:
        yield f"skos:definition {text(concept.definition)}"
    if concept.broader is None:
        yield f"skos:topConceptOf scheme:{name}"
    else:
        yield f"skos:broader {name}:{concept.broader}"
    if close(name, concept.code):
        yield f"skos:closeMatch isco:C{concept.code}"
    if narrower := [c.code for c in concepts if c.broader == concept.code]:
        yield f"skos:narrower {iris(name, narrower)}"


def block(predicates: Iterable[str]) -> str:
    """One subject: its predicates, a line each."""
    return " ;\n    ".join(predicates) + " .\n"


def iris(name: str, codes: Iterable[str]) -> str:
    """Concepts as an object list."""
    return " , ".join(f"{name}:{code}" for code in codes)


def texts(by_language: Mapping[str, str]) -> str:
    """Texts in several languages as an object list."""
    return " ,\n        ".join(text(value, language) for language, value in by_language.items())


def text(value: str, language: str = "zh-Hant") -> str:
    """A text as a literal; JSON escapes what Turtle escapes, in the same way."""
    return f"{json.dumps(value, ensure_ascii=False)}@{language}"


def build(catalog: Mapping[str, Any]) -> dict[str, str]:
    """Every scheme of ``catalog``: file name to Turtle; and the matches with ISCO-08."""
    makers = (levels, attitudes, soft_skills, categories, occupations, industries)
    files = {scheme.file: turtle(scheme) for scheme in (make(catalog) for make in makers)}
    return files | {"isco-08.sssom.tsv": evidence(occupations(catalog))}


def main(arguments: list[str]) -> int:
    """Writes the files; 2 if not called with a catalog."""
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(arguments[1] if arguments[1:] else Path(__file__).parents[1] / "ontology/schemes")
    for name, content in build(json.loads(Path(arguments[0]).read_text("utf-8"))).items():
        (folder / name).write_text(content, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
