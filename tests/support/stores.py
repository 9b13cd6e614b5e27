"""Small documents and the stores built of them."""

import json

from kps_graph.pipeline.build import build
from kps_graph.pipeline.sources import find
from kps_graph.store import nquads_of
from kps_graph.store import opened as open_store
from kps_graph.terms import graph_iri
from kps_graph.workers.pool import in_process

#: The end of an N-Quads line that is not from the documents: of kps-graph itself, of the build.
_APART = tuple(
    f"<{graph_iri(name)}> .".encode()
    for name in ("ontology", "schemes", "provenance", "description", "queries")
)


def document(code="ZZZ1111-001v2", name="甲員", knowledge=("風險管理",), **more):
    """A small standard in the JSON form: one task that needs all of ``knowledge``."""
    codes = [f"K{n}" for n in range(1, len(knowledge) + 1)]
    activity = {
        "code": "T1.1",
        "name": "做",
        "level": 3,
        "knowledge": codes,
        "skills": ["S1"],
        "outputs": [{"code": "O1.1.1", "name": "成果"}],
        "indicators": [{"code": "P1.1.1", "text": "依規定完成。"}],
    }
    data = {
        "code": code,
        "name": name,
        "level": 3,
        "tasks": [{"code": "T1", "name": "任務", "activities": [activity]}],
        "knowledge": [{"code": c, "name": k} for c, k in zip(codes, knowledge, strict=True)],
        "skills": [{"code": "S1", "name": "溝通能力"}],
        **more,
    }
    return json.dumps(data, ensure_ascii=False)


def write(folder, **documents):
    """Writes each text to ``NAME.json`` in ``folder``; None removes it."""
    for name, text in documents.items():
        path = folder / f"{name}.json"
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text, "utf-8")


def built(store, *sources, **options):
    """Builds ``store`` of ``sources`` in this process, without the rules unless asked for."""
    chosen = {"check": False, "jobs": 1, "run": in_process, **options}
    return build(find(sources), store, **chosen)


def opened(store):
    """The current data of the store at ``store``."""
    return open_store(store).store


def content(store):
    """Every quad of the documents and what is derived from them, one N-Quads line each.

    There is no blank node among them, so that this is canonical.
    """
    lines = nquads_of(opened(store)).splitlines()
    return sorted(line.decode() for line in lines if not line.endswith(_APART))


def manifest(store):
    """What the store at ``store`` was built of."""
    with open_store(store) as graph:
        return graph.manifest


def outcomes(store):
    """By file name: outcome and identity."""
    sources = manifest(store).sources.values()
    return {s.path.rsplit("/", 1)[-1].split(".")[0]: (s.outcome, s.identity) for s in sources}
