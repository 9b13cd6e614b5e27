"""What can be asked by address: each question once, with its parameters and its answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any, Final

from kps_graph.extract.interchange import to_data
from kps_graph.graph.opened import KnowledgeGraph
from kps_graph.queries import library
from kps_graph.queries.library import Query
from kps_graph.report import Severity
from kps_graph.search import KINDS
from kps_graph.store.rows import Rows, Tabular
from kps_graph.web.api.parameters import SLICE, Given, Parameter, of_query
from kps_graph.web.api.question import Question, Told
from kps_graph.words import Bilingual, Language

__all__ = ["questions"]

_KIND: Final = Parameter(
    "kind",
    Bilingual("種類：知識、技能、態度", "knowledge, skills or attitudes only"),
    default="any",
    choices=("any", "K", "S", "A"),
)
_INCLUDE: Final = Parameter(
    "include",
    Bilingual("何謂同一職能", "what counts as one competency"),
    default="same",
    choices=("identical", "same", "related"),
)
_BOTH: Final = (_KIND, _INCLUDE)
_TEXT_KIND: Final = Parameter("kind", Bilingual("文字的種類", "kind of text"), choices=KINDS)
_STANDARD: Final = Parameter(
    "standard",
    Bilingual("職能基準的代碼或名稱", "code or name of a standard"),
    required=True,
)


def _number(name: str, chinese: str, english: str, default: int, least: int = 1) -> Parameter:
    return Parameter(name, Bilingual(chinese, english), "integer", default, least=least)


def _of(given: Given) -> dict[str, Any]:
    return {"kind": given["kind"], "include": given["include"]}


def _shared(graph: KnowledgeGraph, given: Given) -> Tabular:
    return graph.shared(given["min"], given["by"], **_of(given))


def _compared(graph: KnowledgeGraph, given: Given) -> Tabular:
    return graph.compare(*given["standard"], **_of(given))


def _reused(graph: KnowledgeGraph, given: Given) -> Tabular:
    level, found = given["level"], graph.reuse(**_of(given))
    return found.where(lambda r: r.level == level) if level else found


def _grouped(graph: KnowledgeGraph, given: Given) -> Tabular:
    return graph.communities(given["of"], **_of(given))


def _groups(graph: KnowledgeGraph, given: Given, found: Any) -> Rows:
    from kps_graph.sharing import member_rows

    if given["members"]:
        return member_rows(found, graph.usage(given["include"], given["kind"]))
    rows: Rows = found.rows()
    return rows


def _traced(graph: KnowledgeGraph, given: Given) -> Told:
    found = graph.trace(given["standard"], given["code"], include=given["include"])
    return Told(graph.selection.as_data([found.as_data()]), found.rows())


def _searched(graph: KnowledgeGraph, given: Given) -> Tabular:
    return graph.search(given["q"], limit=None, kind=given["kind"], similar=given["similar"])


def _hits(graph: KnowledgeGraph, given: Given, found: Any) -> Rows:
    del graph
    rows: Rows = found.each() if given["places"] else found.rows()
    return rows


def _suggested(graph: KnowledgeGraph, given: Given) -> Rows:
    texts = graph.suggest(given["q"], 1000, kind=given["kind"])
    return Rows.of(("text",), texts, lambda text: (text,))


def _resolved(graph: KnowledgeGraph, given: Given) -> Rows:
    (found,) = graph.resolve([given["q"]], limit=100)
    columns = ("type", "name", "code", "score", "match", "uses", "iri")
    return Rows.of(
        columns,
        found,
        lambda c: (
            c.thing.kind,
            c.thing.name,
            c.thing.code,
            c.score,
            c.certain,
            c.thing.uses,
            c.thing.iri,
        ),
    )


def _standard(graph: KnowledgeGraph, given: Given) -> Told:
    return Told(to_data(graph.standard(given["standard"])))


def _changed(graph: KnowledgeGraph, given: Given) -> Told:
    from kps_graph.exports.difference import difference
    from kps_graph.standards.versions import changes

    old, new = (graph.standard(given[name]) for name in ("old", "new"))
    return Told(json.loads(difference(changes(old, new), "json", Language.CHINESE)))


def _listed(graph: KnowledgeGraph, given: Given) -> Rows:
    del given
    return graph.rows("standards")


def _queries(graph: KnowledgeGraph, given: Given) -> Rows:
    del graph, given
    columns = ("name", "group", "title", "title_en", "path")
    return Rows.of(
        columns,
        list(library.library().values()),
        lambda q: (q.name, q.group, q.title["zh-Hant"], q.title["en"], f"/api/queries/{q.name}"),
    )


def _query(query: Query, graph: KnowledgeGraph, given: Given) -> Rows:
    names = [p.name for p in query.parameters]
    return graph.rows(query, **{n: given[n] for n in names if given[n] is not None})


_Q: Final = Parameter("q", Bilingual("文字", "words"), required=True)
_A: Final = Parameter("from", Bilingual("起點的職業", "the occupation left"), required=True)
_B: Final = Parameter("to", Bilingual("目標的職業", "the occupation wanted"), required=True)


def _flag(name: str, chinese: str, english: str) -> Parameter:
    return Parameter(name, Bilingual(chinese, english), "boolean", False)


def _date(name: str, chinese: str, english: str) -> Parameter:
    pattern = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
    return Parameter(name, Bilingual(chinese, english), pattern=pattern)


#: The questions; those of the library of queries come behind them.
_QUESTIONS: Final = (
    Question(
        "search",
        Bilingual("以幾個字尋找文字", "Texts by a few of their characters"),
        _searched,
        (
            _Q,
            _TEXT_KIND,
            _flag("similar", "並計同義詞", "words that say the same count too"),
            _flag("places", "CSV 每一出處一列", "in CSV a row for each place"),
        ),
        shape="hit",
        table=_hits,
    ),
    Question(
        "suggest",
        Bilingual("如此開頭的文字", "Texts that begin so"),
        _suggested,
        (_Q, _TEXT_KIND),
        (("text", Bilingual("文字", "text")),),
    ),
    Question(
        "resolve",
        Bilingual("一個名稱所指", "What a name means, however it is spelled"),
        _resolved,
        (_Q,),
    ),
    Question("standards", Bilingual("所有職能基準", "All standards"), _listed),
    Question(
        "standards/{standard}",
        Bilingual("一份職能基準", "A standard, in the interchange shape"),
        _standard,
        (_STANDARD,),
        single=True,
        document="Standard",
    ),
    Question(
        "shared",
        Bilingual("多個職業共用的職能", "Competencies that several occupations share"),
        _shared,
        (
            _number("min", "至少幾個職業", "at least this many occupations", 2),
            Parameter("by", Bilingual("分組", "grouped by"), choices=("category", "level")),
            *_BOTH,
        ),
        shape="shared",
    ),
    Question(
        "pairs",
        Bilingual("共用職能的職業配對", "Pairs of occupations that share enough"),
        lambda graph, given: graph.pairs(given["min"], **_of(given)),
        (_number("min", "至少幾項職能", "at least this many competencies", 10), *_BOTH),
        shape="pair",
    ),
    Question(
        "nearest",
        Bilingual("最相近的職業", "The occupations most like one, and why"),
        lambda graph, given: graph.nearest(given["standard"], given["top"], **_of(given)),
        (_STANDARD, _number("top", "幾個職業", "how many occupations", 10), *_BOTH),
        shape="neighbour",
    ),
    Question(
        "compare",
        Bilingual("比較數個職業", "What two or more occupations share, and what not"),
        _compared,
        (
            Parameter("standard", _STANDARD.description, required=True, many=2),
            *_BOTH,
        ),
        shape="standing",
    ),
    Question(
        "gap",
        Bilingual("轉職所需", "What a move between two occupations needs"),
        lambda graph, given: graph.gap(given["from"], given["to"], **_of(given)),
        (_A, _B, *_BOTH),
        shape="need",
    ),
    Question(
        "path",
        Bilingual("轉職的最小步驟", "The smallest steps from one occupation to another"),
        lambda graph, given: graph.path(given["from"], given["to"], **_of(given)),
        (_A, _B, *_BOTH),
        shape="step",
    ),
    Question(
        "trace",
        Bilingual("一個代碼所及", "All that a code touches"),
        _traced,
        (
            _STANDARD,
            Parameter(
                "code", Bilingual("其中的代碼", "a code in it, as K1 or T1.1"), required=True
            ),
            _INCLUDE,
        ),
        single=True,
        shape="trace",
    ),
    Question(
        "diff",
        Bilingual("兩個版本的差異", "What two versions of a standard have changed"),
        _changed,
        (
            Parameter("old", Bilingual("舊版", "the old one"), required=True),
            Parameter("new", Bilingual("新版", "the new one"), required=True),
        ),
        single=True,
        document="Document.difference",
    ),
    Question(
        "reuse",
        Bilingual("職能的再用程度", "How widely each competency is reused"),
        _reused,
        (
            Parameter(
                "level",
                Bilingual("僅此程度", "only of this level"),
                choices=("transversal", "cross-sector", "sector-specific", "occupation-specific"),
            ),
            *_BOTH,
        ),
        shape="reuse",
    ),
    Question(
        "communities",
        Bilingual("職業或職能的群", "Groups of like occupations or competencies"),
        _grouped,
        (
            Parameter(
                "of",
                Bilingual("何者的群", "what is grouped"),
                default="occupation",
                choices=("occupation", "competency"),
            ),
            _flag("members", "CSV 每一成員一列", "in CSV a row for each member"),
            *_BOTH,
        ),
        shape="community",
        table=_groups,
    ),
    Question(
        "bridges",
        Bilingual("連結各群的職能", "The competencies that join the groups"),
        lambda graph, given: graph.bridges(given["top"], **_of(given)),
        (_number("top", "幾項職能", "how many competencies", 20), *_BOTH),
        shape="bridge",
    ),
    Question(
        "neighbourhood",
        Bilingual("一項職能的使用者與同伴", "Who uses a competency, and what goes with it"),
        lambda graph, given: graph.neighbourhood(
            given["competency"], given["top"], include=given["include"]
        ).rows(),
        (
            Parameter(
                "competency", Bilingual("職能的文字或 IRI", "its text or IRI"), required=True
            ),
            _number("top", "幾項同伴", "how many companions", 20),
            _INCLUDE,
        ),
    ),
    Question(
        "versions",
        Bilingual("版本沿革", "The versions of standards, through new codes and names"),
        lambda graph, given: graph.versions().rows(),
        every=True,
    ),
    Question(
        "changes",
        Bilingual("更新的版本與異動", "The versions that came out, and what each has changed"),
        lambda graph, given: graph.changes(
            since=given["since"] or "", until=given["until"] or ""
        ).rows(),
        (_date("since", "起", "from this date on"), _date("until", "迄", "up to this date")),
        every=True,
    ),
    Question(
        "findings",
        Bilingual("檢核結果", "What the build has found of the standards"),
        lambda graph, given: graph.findings(severity=given["severity"]),
        (
            Parameter(
                "severity",
                Bilingual("至少如此嚴重", "at least this severe"),
                default="info",
                choices=tuple(map(str, Severity)),
            ),
        ),
        shape="finding",
    ),
    Question("queries", Bilingual("查詢庫", "The queries of the library"), _queries),
)


#: What is asked of one standard, or of the library, and so of no part of the corpus.
_WHOLE: Final = ("suggest", "resolve", "standards/{standard}", "trace", "diff", "queries")


def questions() -> Iterator[Question]:
    """Everything that can be asked: a query that is new in the library is among it."""
    for question in _QUESTIONS:
        if question.path in _WHOLE:
            yield question
        else:
            yield replace(question, parameters=(*question.parameters, SLICE))
    for query in library.library().values():
        yield Question(
            f"queries/{query.name}",
            Bilingual.of(query.title),
            partial(_query, query),
            (*map(of_query, query.parameters), *((SLICE,) if query.sliced else ())),
            tuple((c.name, Bilingual.of(c.description)) for c in query.columns),
            plain=True,
            query=query,
        )
