"""What keeps a store alive: checked, counted, copied away and back, made compact."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kps_graph.errors import StoreError, StoreVersion
from kps_graph.store.beside import LEXICON, SEARCH, STANDARDS, USAGE
from kps_graph.store.digest import digest
from kps_graph.store.directory import Generation, current
from kps_graph.store.manifest import FORMAT
from kps_graph.store.next_generation import writing
from kps_graph.terms import standard_iri
from kps_graph.words import Sentence, reason

if TYPE_CHECKING:
    from kps_graph.store.opened import Opened
    from kps_graph.store.protocols import Store

__all__ = ["Stats", "backup", "compact", "faults", "graph_sizes", "restore", "stats"]


@dataclass(frozen=True, slots=True)
class Stats:
    """What a store holds.

    Attributes:
        format: the version of its layout.
        version: of the kps-graph that wrote it.
        base: the namespace of its data IRIs.
        sources: how many documents came to what.
        graphs: how many named graphs it has.
        triples: how many these hold in all.
        bytes: on the disk; None on a server.
    """

    format: int
    version: str
    base: str
    sources: dict[str, int]
    graphs: int
    triples: int
    bytes: int | None


def graph_sizes(store: Store) -> dict[str, int]:
    """How many triples each named graph has, by its IRI."""
    rows = store.texts("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    wanted = frozenset(store.graphs())
    return dict(sorted((graph, int(n)) for graph, n in rows if graph in wanted))


def stats(opened: Opened) -> Stats:
    """What a store holds."""
    sizes = graph_sizes(opened.store)
    manifest = opened.manifest
    place = Path(opened.place)
    held = [p for p in place.rglob("*") if p.is_file()] if "://" not in opened.place else None
    return Stats(
        FORMAT,
        manifest.version,
        manifest.base,
        dict(sorted(Counter(s.outcome for s in manifest.sources.values()).items())),
        len(sizes),
        sum(sizes.values()),
        None if held is None else sum(p.stat().st_size for p in held),
    )


def faults(opened: Opened) -> list[Sentence]:
    """What is wrong with a store that could be opened: every statement of it is read.

    A store in a directory was held against its seal when it was opened.
    """
    manifest = opened.manifest
    found: list[Sentence] = []
    sizes = graph_sizes(opened.store)
    for path, source in sorted(manifest.sources.items()):
        if source.outcome == "loaded" and standard_iri(source.identity, manifest.base) not in sizes:
            found.append(
                Sentence(
                    "{identity} of {path} is not in the store", identity=source.identity, path=path
                )
            )
    for graph, size in sizes.items():
        if (read := digest(opened.store.dump(graph)).triples) != size:
            found.append(
                Sentence(
                    "the graph {graph} has {size:,} triples, and {read:,} can be read",
                    graph=graph,
                    size=size,
                    read=read,
                )
            )
    return found


def backup(store: Path, copy: Path) -> None:
    """Copies the current generation of a store to the new directory ``copy``, whole or not at all.

    A generation never changes, so that a build may go on meanwhile.

    Raises:
        StoreError: if there is no store, or it cannot be copied.
    """
    if copy.exists():
        raise StoreError(
            "there is something here already",
            source=str(copy),
            hint=Sentence("name a new directory for the copy"),
        )
    beside = copy.with_name(f".{copy.name}.new")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        _copied(store, beside)
        beside.rename(copy)
    except OSError as error:
        raise StoreError(
            "the store cannot be copied: {reason}", reason=reason(error), source=str(copy)
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _copied(store: Path, beside: Path) -> None:
    """Copies a generation; another one, if builds removed it meanwhile."""
    while True:
        generation = current(store)
        generation.beside.verify(generation.data)
        try:
            shutil.copytree(generation.path, beside / generation.path.name)
        except (OSError, shutil.Error):
            if current(store) == generation:
                raise
            shutil.rmtree(beside, ignore_errors=True)
            continue
        (beside / "CURRENT").write_text(f"{generation.path.name}\n", "ascii")
        copied = Generation(beside / generation.path.name)
        copied.beside.verify(copied.data)
        return


def restore(copy: Path, store: Path) -> None:
    """Makes a copy the current generation of the store in ``store``, in one step.

    Raises:
        StoreError: if the copy is no store, or is damaged, or ``store`` cannot be written.
    """
    generation = current(copy)
    generation.beside.verify(generation.data)
    with writing(store, anew=True) as new:
        folder = new.beside.folder
        assert folder is not None
        shutil.copytree(generation.path, folder, dirs_exist_ok=True)


def compact(store: Path) -> tuple[int, int]:
    """Writes a store anew if it takes less room then; bytes before and after.

    Raises:
        StoreError: if it cannot be written.
    """
    with current(store).opened() as opened:
        manifest = opened.manifest
    with writing(store) as new:
        if new.before is None:
            raise StoreVersion("there is no store here", source=str(store))
        before = _size(new.before.path)
        new.begin(new.before)
        new.compact()
        if _size(new.beside.folder or store) >= before:
            return before, before  # what is not finished is abandoned
        new.finish(manifest)
        for file in (LEXICON, USAGE, STANDARDS, SEARCH):
            if (there := new.before.path / file.name).is_file():
                shutil.copy2(there, new.beside.folder or store)
    return before, _size(current(store).path)


def _size(folder: Path) -> int:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
