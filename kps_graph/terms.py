"""The closed vocabulary: every class and property that kps-graph writes, prefixes, IRI minting.

Plain strings, so that no stage needs an RDF library to name a thing. ``kps.requiresSkill`` is an
IRI; a misspelled term raises. A test holds the vocabulary equal to ``ontology/kps.ttl``.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote, unquote

from kps_graph.errors import ModelError

__all__ = [
    "DEFAULT_BASE",
    "LANG",
    "PREFIXES",
    "SCHEMES",
    "SHAPES",
    "Vocabulary",
    "class_iri",
    "code_of",
    "code_series",
    "concept_iri",
    "dcat",
    "dcterms",
    "graph_iri",
    "identity_in",
    "identity_of",
    "kind_of",
    "kps",
    "level_iri",
    "local_name",
    "match_iri",
    "owl",
    "prov",
    "rdf",
    "rdfs",
    "schema",
    "series_iri",
    "sh",
    "skos",
    "source_iri",
    "standard_iri",
    "stated_code",
    "void",
    "xsd",
]

#: Language tag of every text from a document.
LANG: Final = "zh-Hant"
#: Where data IRIs live unless configured otherwise.
DEFAULT_BASE: Final = "https://w3id.org/kps-graph/id/"
#: Where the SKOS schemes (levels, attitudes, categories, ...) live.
SCHEMES: Final = "https://w3id.org/kps-graph/scheme/"
#: Where the shapes of the rules live.
SHAPES: Final = "https://w3id.org/kps-graph/shapes#"


class Vocabulary:
    """A closed namespace: attribute access gives the IRI, an unknown term raises.

    Each term is an attribute of its own: the triples of a corpus look them up millions of times.
    """

    def __init__(self, base: str, terms: str) -> None:
        self._base = base
        self._terms = frozenset(terms.split())
        vars(self).update({term: base + term for term in self._terms})

    def __getattr__(self, name: str) -> str:
        raise AttributeError(f"{name!r} is not a term of <{self._base}>")

    def __getitem__(self, name: str) -> str:
        if name not in self._terms:
            self.__getattr__(name)
        return self._base + name

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._terms))

    def __str__(self) -> str:
        return self._base


kps: Final = Vocabulary(
    "https://w3id.org/kps-graph/ontology#",
    # classes
    "Standard StandardSeries WorkUnit Task Activity Output Indicator CompetencyElement Knowledge "
    "Skill Attitude CompetencyItem Note VersionEntry ClassificationEntry Competency "
    # structure
    "hasPart hasTask hasActivity hasOutput hasIndicator hasKnowledge hasSkill hasAttitude hasItem "
    "hasNote hasVersionEntry hasClassification "
    "partOf taskOf activityOf outputOf indicatorOf knowledgeOf skillOf attitudeOf itemOf noteOf "
    "versionEntryOf classificationOf "
    # requirements as attached, and as derived
    "requires requiresKnowledge requiresSkill needs needsKnowledge needsSkill level atLevel "
    # the standard
    "nameKind layout columnWidths baseLevel jobCategory occupation industry "
    # version entries
    "versionLabel status updateNote updateDate ofVersion replacedByCode "
    # entries, order, evidence
    "concept rawCode rawText position place valuePlace "
    # what standards share
    "expresses uses matchMethod competencyKind "
    # what competencies are to each other
    "Match matchSubject matchObject matchScore matchStatus representative usesRepresentative "
    "relatedTo "
    # what a store was built of
    "SourceFile outcome claims statedCode statedName findings charactersRead charactersPlaced "
    "charactersUnplaced tripleCount storeFormat compared pendingStandards "
    # courses (ontology/ext/courses.ttl)
    "Course Module Assessment basedOn forUnit hasModule hasAssessment teaches assesses buildsOn "
    "moduleNumber hours courseLevel aim teachingMethod assessmentMethod assessmentTool",
)
rdf: Final = Vocabulary("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type value")
rdfs: Final = Vocabulary(
    "http://www.w3.org/2000/01/rdf-schema#",
    "label comment subClassOf subPropertyOf seeAlso isDefinedBy",
)
owl: Final = Vocabulary(
    "http://www.w3.org/2002/07/owl#", "Ontology Class versionIRI versionInfo imports"
)
xsd: Final = Vocabulary(
    "http://www.w3.org/2001/XMLSchema#",
    "string integer date boolean decimal double dateTime anyURI",
)
skos: Final = Vocabulary(
    "http://www.w3.org/2004/02/skos/core#",
    "Concept ConceptScheme prefLabel altLabel notation definition inScheme topConceptOf broader "
    "hasTopConcept narrower exactMatch closeMatch relatedMatch broadMatch narrowMatch note",
)
dcterms: Final = Vocabulary(
    "http://purl.org/dc/terms/",
    "description identifier isVersionOf hasVersion isReplacedBy replaces issued source title license "
    "modified rights",
)
prov: Final = Vocabulary(
    "http://www.w3.org/ns/prov#",
    "Activity Entity SoftwareAgent endedAtTime used value wasAssociatedWith wasDerivedFrom "
    "wasGeneratedBy wasInvalidatedBy wasRevisionOf",
)
void: Final = Vocabulary(
    "http://rdfs.org/ns/void#",
    "Dataset uriSpace class classPartition classes entities properties property propertyPartition "
    "subset triples vocabulary",
)
void_ext: Final = Vocabulary("http://ldf.fi/void-ext#", "datatype datatypePartition")
dcat: Final = Vocabulary("http://www.w3.org/ns/dcat#", "Dataset keyword")
sh: Final = Vocabulary(
    "http://www.w3.org/ns/shacl#",
    "ValidationReport ValidationResult conforms result detail focusNode resultSeverity "
    "sourceConstraintComponent sourceShape resultMessage resultPath value Violation Warning Info "
    "SPARQLExecutable SPARQLSelectExecutable declare namespace prefix prefixes select",
)
schema: Final = Vocabulary(
    "https://schema.org/", "encodingFormat keywords mainEntity sha256 softwareVersion"
)

#: Prefixes for writing Turtle and for queries that declare none.
PREFIXES: Final = {
    "kps": str(kps),
    "rdf": str(rdf),
    "rdfs": str(rdfs),
    "owl": str(owl),
    "xsd": str(xsd),
    "skos": str(skos),
    "dcterms": str(dcterms),
    "prov": str(prov),
    "schema": str(schema),
    "sh": str(sh),
    "void": str(void),
}

_PLAIN: Final = re.compile(r"[A-Za-z0-9._~-]+")
_CLASS_CODES: Final = {
    "category": (re.compile(r"[A-Z]{1,3}"), 0),
    "occupation": (re.compile(r"\d{1,4}"), 0),
    "industry": (re.compile(r"[A-Z]?(?:-?\d+)*?-?(45-46|47-48|\d{2,4})|[A-Z]"), 1),
}
#: The two divisions that have two numbers each; standards state one of them (G47).
_DIVISIONS: Final = {"45": "45-46", "46": "45-46", "47": "47-48", "48": "47-48"}
_DRAFT: Final = re.compile(r"draft-[0-9a-f]{12}(?:~\d+)?")
_CODE: Final = re.compile(r"([A-Z]{3}\d{4}-\d{3})(?:v(\d+))?")


def local_name(text: str) -> str:
    """``text`` as one IRI path segment: letters of any script stay, the rest is escaped.

    Raises:
        ModelError: for an empty text, which cannot name anything.
    """
    if not text:
        raise ModelError("an empty text cannot become an IRI")
    if _PLAIN.fullmatch(text):
        return text
    return "".join(c if c.isalnum() or c in "-._~" else quote(c, safe="") for c in text)


def identity_of(code: str | None, fallback: str) -> str:
    """The local name under which a standard is kept.

    It is the code; an unsuffixed code is the first version (``KPS1420-001`` is kept as
    ``KPS1420-001v1``), since the unsuffixed name is that of the series. Without a code it is
    ``draft-`` and a digest of ``fallback``, the name of the source: no code is ever minted.
    """
    if code:
        return local_name(f"{code}v1" if code == code_series(code) else code)
    return "draft-" + hashlib.sha256(fallback.encode()).hexdigest()[:12]


def stated_code(identity: str) -> str:
    """The code that a standard kept under ``identity`` states; "" for a draft without one."""
    return "" if _DRAFT.fullmatch(identity) else identity


def code_series(code: str) -> str:
    """The code without its version: ``KPS1420-001v2`` belongs to ``KPS1420-001``."""
    match = _CODE.fullmatch(code)
    return match[1] if match else re.sub(r"(?<=.)v\d+$", "", code)


def standard_iri(identity: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a standard, which is also that of its named graph."""
    return base + identity


def series_iri(code: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of the series that ``code`` belongs to."""
    return base + local_name(code_series(code))


def source_iri(path: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a file that was given to a build under the name ``path``, percent-encoded."""
    return f"{base}source/{quote(unicodedata.normalize('NFC', path), safe='', errors='replace')}"


def graph_iri(name: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a graph that is no standard: ``ontology``, ``concepts``, ``inferred/CODE``."""
    return f"{base.removesuffix('id/')}graph/{name}"


def level_iri(level: int) -> str:
    """The concept of a competency level."""
    return f"{SCHEMES}level/{level}"


def class_iri(scheme: str, code: str) -> str | None:
    """The concept of a stated class: ``scheme`` is ``category``, ``occupation`` or ``industry``.

    An industry is stated with the letter of its section (``H5210``, ``C-22-220-2203``), and its
    concept is ``industry/5210``; width does not matter. None if ``code`` is not one code of the
    scheme's form (two codes glued, free text): there is nothing to point at.
    """
    pattern, group = _CLASS_CODES[scheme]
    match = pattern.fullmatch(unicodedata.normalize("NFKC", code).strip())
    if match is None:
        return None
    found = match[group] or match[0]
    return f"{SCHEMES}{scheme}/{_DIVISIONS.get(found, found) if scheme == 'industry' else found}"


def concept_iri(kind: str, key: str, base: str = DEFAULT_BASE) -> str:
    """The concept in which equal texts meet: ``kind`` is K, S or A, ``key`` the folded text."""
    digest = hashlib.sha256(f"{kind}\n{key}".encode()).hexdigest()[:16]
    return f"{base}concept/{kind}-{digest}"


def kind_of(concept: str) -> str:
    """K, S or A: the letter before the digest in the IRI of a concept."""
    return concept.rsplit("/", 1)[-1][:1]


def identity_in(iri: str, base: str = DEFAULT_BASE) -> str:
    """The identity of the standard that the node ``iri`` belongs to: the first path segment."""
    return iri.removeprefix(base).partition("/")[0]


def match_iri(one: str, other: str, base: str = DEFAULT_BASE) -> str:
    """The match of two concepts, given by their IRIs; the order of the two is part of it."""
    ends = (iri.rsplit("/", 1)[-1] for iri in (one, other))
    return f"{base}match/{'_'.join(ends)}"


def code_of(iri: str) -> str:
    """The last path segment of ``iri``, unescaped."""
    return unquote(iri.rsplit("/", 1)[-1])
