"""The server of the Model Context Protocol: the tools with their schemas, and two resources."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Final, Literal

from mcp.server import MCPServer
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from kps_graph import resources
from kps_graph.errors import KpsError
from kps_graph.graph.opened import KnowledgeGraph
from kps_graph.terms import PREFIXES
from kps_graph.version import __version__
from kps_graph.web.mcp import tools
from kps_graph.web.mcp.told import BYTES, Answer, in_both, refused, written
from kps_graph.web.served import Served

__all__ = ["server"]

_READS: Final = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_INSTRUCTIONS: Final = """\
Taiwan's competency standards (職能基準) as a knowledge graph: standards (occupations) with their
tasks, outputs, behavioural indicators, knowledge (K), skills (S) and attitudes (A). Codes such as K1
are positions inside one standard, never identities: name the standard with them. Competencies are
shared where their texts say the same. Begin with find_names for any name. Every answer names its
sources: standard, version, page and cell. An answer that is cut says so in "truncated"."""

Most = Annotated[
    int, Field(ge=512, le=262_144, description="largest answer in bytes; larger ones are cut")
]
Name = Annotated[str, Field(min_length=1, max_length=300, description="code or name of a standard")]
Include = Annotated[
    Literal["identical", "same", "related"],
    Field(
        description="what counts as one competency: identical texts, the same in other words, or related too"
    ),
]
Kind = Literal["K", "S", "A", "standard", "category", "occupation", "industry"]
Part = Literal["tasks", "outputs", "indicators", "knowledge", "skills", "attitudes", "notes"]


def server(served: Served) -> MCPServer[Any]:
    """The server over a store."""
    made: MCPServer[Any] = MCPServer(
        "kps-graph", "職能基準知識圖譜", instructions=_INSTRUCTIONS, version=__version__
    )
    _finding(made, served)
    _comparing(made, served)
    _asking(made, served)
    _resources(made)
    return made


async def _told(
    served: Served,
    ask: Callable[[KnowledgeGraph], Answer],
    most: int,
    names: Iterable[str] = (),
) -> CallToolResult:
    """The answer of a tool; an error says in both languages what could be meant."""

    def answered(graph: KnowledgeGraph) -> tuple[dict[str, Any], bool]:
        try:
            return written(graph, ask(graph), most), False
        except KpsError as error:
            return refused(graph, error, names), True

    try:
        said, failed = await served.asked(answered)
    except KpsError as error:  # the store cannot be opened
        said, failed = {"error": in_both(error)}, True
    text = json.dumps(said, ensure_ascii=False)
    return CallToolResult(content=[TextContent(type="text", text=text)], is_error=failed)


def _finding(made: MCPServer[Any], served: Served) -> None:
    @made.tool(annotations=_READS, structured_output=False)
    async def find_names(
        text: Annotated[str, Field(min_length=1, max_length=300)],
        kind: Kind | None = None,
        max_bytes: Most = BYTES,
    ) -> CallToolResult:
        """What a name means, however it is spelled: K, S, A, standards and classes, and texts with its words."""
        return await _told(served, lambda g: tools.find_names(g, text, kind), max_bytes, [text])

    @made.tool(annotations=_READS, structured_output=False)
    async def standard(
        name: Name, part: Part | None = None, max_bytes: Most = BYTES
    ) -> CallToolResult:
        """A standard: description, level, versions and tasks; or all of one part of it, with levels."""
        return await _told(served, lambda g: tools.standard(g, name, part), max_bytes, [name])

    @made.tool(annotations=_READS, structured_output=False)
    async def trace(
        name: Name,
        code: Annotated[str, Field(min_length=1, max_length=60, description="as K1, S1, A1, T1.1")],
        include: Include = "same",
        max_bytes: Most = BYTES,
    ) -> CallToolResult:
        """All that a code of a standard touches: where a K or S is needed, what a unit needs, who says the same."""
        return await _told(served, lambda g: tools.trace(g, name, code, include), max_bytes, [name])


def _comparing(made: MCPServer[Any], served: Served) -> None:
    @made.tool(annotations=_READS, structured_output=False)
    async def shared(
        competency: Annotated[
            str | None, Field(description="text or IRI; K:… says of which kind")
        ] = None,
        least: Annotated[int, Field(ge=1, description="at least so many occupations")] = 2,
        kind: Literal["any", "K", "S", "A"] = "any",
        group: Annotated[str | None, Field(description="a job category, or a level 1 to 6")] = None,
        include: Include = "same",
        max_bytes: Most = BYTES,
    ) -> CallToolResult:
        """Who uses a competency and what goes with it; without one, which competencies occupations share."""
        return await _told(
            served,
            lambda g: tools.shared(g, competency, least, kind, group, include),
            max_bytes,
            [competency or ""],
        )

    @made.tool(annotations=_READS, structured_output=False)
    async def compare(
        occupations: Annotated[list[Name], Field(min_length=1, max_length=10)],
        question: Literal["compare", "gap", "path", "nearest"] = "compare",
        include: Include = "same",
        max_bytes: Most = BYTES,
    ) -> CallToolResult:
        """Occupations beside each other: compare; the gap or path from the first to the second; the nearest to one."""
        return await _told(
            served,
            lambda g: tools.compare(g, occupations, question, include),
            max_bytes,
            occupations,
        )


def _asking(made: MCPServer[Any], served: Served) -> None:
    @made.tool(annotations=_READS, structured_output=False)
    async def library_query(
        name: Annotated[str | None, Field(description="none: lists the queries")] = None,
        parameters: dict[str, str | int] | None = None,
        max_bytes: Most = BYTES,
    ) -> CallToolResult:
        """A ready query of the library by name with its parameters; without a name, the list of them."""
        values = dict(parameters or {})
        names = [v for v in values.values() if isinstance(v, str)]
        return await _told(
            served, lambda g: tools.library_query(g, name, values), max_bytes, names[:3]
        )

    @made.tool(annotations=_READS, structured_output=False)
    async def sparql(
        query: Annotated[str, Field(min_length=1, max_length=20_000)], max_bytes: Most = BYTES
    ) -> CallToolResult:
        """A SPARQL 1.1 query, within 10 seconds and 2,000 rows; prefixes of the resource kps://prefixes are declared."""
        return await _told(served, lambda g: tools.sparql(g, query), max_bytes)

    @made.tool(annotations=_READS, structured_output=False)
    async def validate_draft(
        text: Annotated[str, Field(min_length=1)],
        format: Literal["markdown", "yaml", "json", "html"] = "markdown",
        max_bytes: Most = BYTES,
    ) -> CallToolResult:
        """The findings of the rules for a draft of a standard, the gravest first, by cell and with the remedy."""
        return await _told(served, lambda g: tools.validate_draft(g, text, format), max_bytes)


def _resources(made: MCPServer[Any]) -> None:
    @made.resource("kps://prefixes", mime_type="text/turtle", title="Prefixes")
    def prefixes() -> str:
        """The prefixes that every query may use."""
        return "".join(f"@prefix {p}: <{n}> .\n" for p, n in PREFIXES.items())

    @made.resource("kps://shapes", mime_type="text/turtle", title="SHACL shapes")
    def shapes() -> str:
        """The SHACL shapes of the rules."""
        return "\n".join(p.read_text("utf-8") for p in resources.files("shapes", "*.ttl"))

    @made.resource("kps://ontology", mime_type="text/turtle", title="Ontology")
    def ontology() -> str:
        """The classes and properties of the graph."""
        return resources.folder("ontology").joinpath("kps.ttl").read_text("utf-8")
