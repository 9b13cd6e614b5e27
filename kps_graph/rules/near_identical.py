"""Rule 25: two K or two S of one standard that say nearly the same, as the matcher judges names.

Asked are the layers that need no weighing (``canonical``, ``reordered``). The lexical one adds
nothing at a precision of 0.95: of the names that it takes for the same within one standard of the
corpus, none is (docs/precision.md). What has sub-items is left alone: one heading may stand over
different lists. Equal names are a matter of rule 7.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kps_graph.align.canonicalise import Canonical, canonical
from kps_graph.align.layers import RULES, rule
from kps_graph.align.lexicon import key_of
from kps_graph.model import Element, Standard
from kps_graph.report import Finding, Severity
from kps_graph.rules.set_apart import set_apart
from kps_graph.standards.names import Names
from kps_graph.terms import skos
from kps_graph.words import Language

__all__ = ["near_identical"]

#: How each layer of the matcher decided; ``text`` is what both names come down to.
_DECIDED: Final[Mapping[str, tuple[str, str]]] = {
    "canonical": (
        "統一同義詞並去除不表意的詞後，兩者同為「{text}」",
        "with synonyms spelled alike and empty words taken away both are “{text}”",
    ),
    "reordered": (
        "統一同義詞並去除不表意的詞後，兩者用字相同，只是順序不同：「{text}」",
        "with synonyms spelled alike and empty words taken away both have the same characters in "
        "another order: “{text}”",
    ),
}
_MESSAGE: Final = (
    "與 {other}「{name}」意思幾乎相同：{how}（{layer}，確信度 {worth:.2f}）",
    "This says nearly the same as {other}, “{name}”: {how} ({layer}, certainty {worth:.2f})",
)


def near_identical(standard: Standard, named: Names) -> list[Finding]:
    """A finding for each K and S that says nearly the same as one before it.

    Args:
        standard: what is checked.
        named: the IRIs of its nodes.
    """
    return [
        _finding(standard, named, later, earlier, layer, form)
        for kind, elements in (("K", standard.knowledge), ("S", standard.skills))
        for later, earlier, layer, form in _pairs(kind, elements)
    ]


def _pairs(
    kind: str, elements: Sequence[Element]
) -> Iterator[tuple[Element, Element, str, Canonical]]:
    """Each element with the first before it that is nearly the same, the layer and their form."""
    seen: dict[str, list[tuple[Element, Canonical]]] = defaultdict(list)
    for element in elements:
        if not element.name or element.items:
            continue
        form = canonical(kind, element.name)
        alike = seen[form.bag]
        for earlier, other in alike:
            layer = rule(kind, other, form)
            if (
                layer
                and key_of(earlier.name) != key_of(element.name)
                and not set_apart(earlier.name, other, element.name, form)
            ):
                yield element, earlier, "canonical" if layer == "identical" else layer, form
                break
        alike.append((element, form))


def _finding(
    standard: Standard, named: Names, later: Element, earlier: Element, layer: str, form: Canonical
) -> Finding:
    other = earlier.code or earlier.name
    messages: dict[str, str] = {
        language: language.pick(_MESSAGE).format(
            other=other,
            name=earlier.name,
            how=language.pick(_DECIDED[layer]).format(text=form.text),
            layer=layer,
            worth=RULES[layer],
        )
        for language in Language
    }
    return Finding(
        rule="R25",
        severity=Severity.INFO,
        messages=messages,
        standard=standard.code or "",
        code=later.code or "",
        value=later.name,
        focus=named.nodes[id(later)],
        path=skos.prefLabel,
        span=later.span,
    )
