"""What a search finds: any part of any text, whatever its variants, where it stands, and as SPARQL."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kps_graph
from kps_graph.folding import searchable
from kps_graph.search import keep
from kps_graph.search import opened as index_of
from kps_graph.store import SEARCH
from kps_graph.store import opened as open_store
from tests.support import command
from tests.support.stores import built, document, write

TRADE = "KPS1420-001v2"


@pytest.fixture(scope="module")
def graph(example_store):
    with kps_graph.open(example_store) as opened:
        yield opened


@pytest.fixture
def made(tmp_path):
    """Builds a store of documents that hold these K, and opens it."""

    def make(*knowledge, **more):
        write(tmp_path, a=document(knowledge=knowledge, **more))
        built(tmp_path / "kps.store", tmp_path)
        return kps_graph.open(tmp_path / "kps.store")

    return make


def texts(graph):
    """Every text that the store has, with the node it belongs to."""
    return [
        (row["node"], row["text"])
        for row in graph.rows(
            "SELECT ?node ?text { ?s a kps:Standard GRAPH ?s { VALUES ?p { skos:prefLabel "
            "skos:definition dcterms:description } ?node ?p ?text ; a ?class FILTER(?class NOT IN "
            "(kps:ClassificationEntry, kps:VersionEntry)) } }"
        )
    ]


@given(data=st.data())
def test_any_part_of_any_text_is_found_where_it_stands(graph, data):
    node, text = data.draw(st.sampled_from(texts(graph)))
    begin = data.draw(st.integers(0, len(text) - 1))
    part = text[begin : begin + data.draw(st.integers(1, 6))]
    if len(searchable(part)) and part.split() == [part]:
        assert node in graph.search(part, limit=None).nodes()


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("臺灣", "台灣市場"),
        ("會議記", "會議紀錄"),
        ("會議記", "會議記錄"),
        ("計畫", "工作計劃書"),
        ("ＥＲＰ", "erp系統"),
        ("人力", "⼈⼒資源"),
        ("料理", "\uf9be\uf9e4技術"),
        ("项目管理", "專案管理"),
        ("机器人", "機器人學"),
        ("無人机", "無人機原理"),
        ("法、規", "法規"),
    ],
)
def test_a_variant_is_found_and_marked(made, typed, held):
    with made(held) as graph:
        (hit,) = graph.search(typed, kind="K")
    assert hit.text == held.replace("\uf9be", "料").replace("\uf9e4", "理")
    assert "«" in hit.marked


def test_a_hit_says_what_it_is_and_where(graph):
    hit = graph.search("國際商業條款", kind="K")[0]
    assert hit.kind == "K"
    place = hit.places[0]
    assert (place.standard, place.occupation) == (TRADE, "貿易經理")
    assert place.node.endswith(f"/{TRADE}/{place.code.replace('•', '/items/')}")
    units = {u.code for u in graph.standard(TRADE).units()}
    assert set(place.units) <= units
    assert place.level in range(1, 7)


def test_units_stand_in_the_order_of_the_document(example_store):
    with open_store(example_store) as held:
        index = index_of(held.store, held.base, held.beside)
    several = 0
    for number in range(len(index.folded)):
        for place in index.text(number).places:
            parts = [[int(n) for n in code[1:].split(".")] for code in place.units]
            assert parts == sorted(parts), place
            several += len(parts) > 1
    assert several


def test_a_table_for_programs_has_the_text_as_it_stands_and_codes_between_bars(graph):
    found = graph.search("法規", kind="K", limit=None)
    pairs = [(hit.text, place) for hit in found for place in hit.places]
    assert any(len(place.units) > 1 for _, place in pairs)
    rows = list(found.each())
    assert [(r["text"], r["task"]) for r in rows] == [(t, "|".join(p.units)) for t, p in pairs]
    shown = found.rows(5)[0]
    assert "«" in str(shown["text"])


@pytest.mark.parametrize(
    "typed", [TRADE, TRADE.lower(), "kps1420-1v2", "ｋｐｓ１４２０", "KPS1420001V2"]
)
def test_a_code_is_found_in_any_case_width_and_padding(graph, typed):
    assert [p.standard for h in graph.search(typed) for p in h.places] == [TRADE]


def test_the_code_of_a_part_is_found_behind_that_of_its_standard(graph):
    (hit,) = graph.search("kps1420-001v2", "k01")
    assert hit.places[0].node.endswith(f"{TRADE}/K1")


def test_texts_with_all_words_come_before_those_with_some(made):
    with made("客戶抱怨處理", "抱怨", "客戶") as graph:
        first, *others = graph.search("客戶", "抱怨", kind="K")
    assert first.text == "客戶抱怨處理"
    assert len(others) == 2


def test_what_comes_near_a_misspelled_word_is_found_and_said_to_be_near(made):
    with made("客戶抱怨處理", "風險管理") as graph:
        found = graph.search("客互抱怨")
    assert found.near
    assert found[0].text == "客戶抱怨處理"


def test_synonyms_of_the_matcher_count_if_asked_for_and_are_told(made):
    with made("客訴處理", "顧客抱怨處理", "客戶抱怨處理") as graph:
        plain = graph.search("客戶抱怨", kind="K")
        similar = graph.search("客戶抱怨", kind="K", similar=True)
    assert [h.text for h in plain] == ["客戶抱怨處理"]
    assert {h.text for h in similar} == {"客訴處理", "顧客抱怨處理", "客戶抱怨處理"}
    assert set(similar.words) >= {"客戶抱怨", "客訴", "顧客抱怨"}


def test_hits_are_joined_with_sparql(graph):
    found = graph.search("法規", kind="K", limit=None)
    rows = graph.rows(f"SELECT ?node ?text {{ {found.values()} ?node skos:prefLabel ?text }}")
    assert {r["node"] for r in rows} == set(found.nodes())
    assert all("法規" in searchable(r["text"]) for r in rows)


def test_what_goes_on_as_it_begins_is_suggested_first(made):
    with made("風險管理", "企業風險管理", "風險") as graph:
        assert graph.suggest("風險")[-1] == "企業風險管理"


def test_the_index_follows_every_build(tmp_path):
    write(tmp_path, a=document(knowledge=("風險管理",)))
    built(tmp_path / "kps.store", tmp_path)
    for few in (1.0, 0.0):  # a small change, and one after which names are compared anew
        name = f"咖啡{few}"
        write(tmp_path, a=document(knowledge=(name,)))
        built(tmp_path / "kps.store", tmp_path, few=few)
        with kps_graph.open(tmp_path / "kps.store") as graph:
            assert [h.text for h in graph.search("咖啡")] == [name]
            assert not graph.search("風險管理", kind="K")


CHANGES = st.dictionaries(
    st.sampled_from("abcd"),
    st.none()
    | st.lists(st.sampled_from(["風險管理", '甲 [1,"乙"]', "、", "規"]), unique=True, max_size=3),
    min_size=1,
)


@settings(max_examples=8)
@given(changes=st.lists(CHANGES, min_size=1, max_size=3))
def test_an_index_that_follows_changes_is_the_one_that_is_made_anew(changes, tmp_path_factory):
    folder = tmp_path_factory.mktemp("documents")
    for change in ({"e": ["風險管理"], "b": ["規"]}, *changes):
        texts = {
            name: knowledge if knowledge is None else document(f"ZZZ111{n}-001v2", name, knowledge)
            for n, name in enumerate("abcde")
            if name in change
            for knowledge in (change[name],)
        }
        write(folder, **texts)
        built(folder / "kps.store", folder, few=1.0)
        with open_store(folder / "kps.store") as held:
            followed = held.beside.read(SEARCH)
            keep(held.store, held.base, held.beside)
            assert followed == held.beside.read(SEARCH)


def test_what_a_store_is_aligned_or_compacted_for_keeps_its_index(kps, tmp_path):
    write(tmp_path, a=document())
    store = tmp_path / "kps.store"
    built(store, tmp_path)
    with open_store(store) as held:
        before = held.beside.read(SEARCH)
    for done in (("align", "apply"), ("store", "compact")):
        assert kps(*done, "--store", store).code == 0
        with open_store(store) as held:
            assert held.beside.read(SEARCH) == before


def test_a_damaged_index_is_made_again(tmp_path):
    write(tmp_path, a=document())
    built(tmp_path / "kps.store", tmp_path)
    with open_store(tmp_path / "kps.store") as held:
        keep(held.store, held.base, held.beside)
        path = held.beside.folder / SEARCH.name
        path.write_bytes(path.read_bytes()[:-3])
        index = index_of(held.store, held.base, held.beside)
    assert "風險管理" in index.folded


def test_the_command_answers_as_python_does(kps, example_store, graph):
    rows = json.loads(kps("search", "法規", "--store", example_store, "-f", "json").out)
    assert rows["answers"] == [hit.as_data() for hit in graph.search("法規")]
    assert kps("search", "法規", "--store", example_store, "--values").out.startswith(
        "VALUES ?node {"
    )
    said = kps("search", "客互抱怨", "--store", example_store)
    assert "these come near" in said.err or "nothing was found" in said.out


def test_simplified_characters_that_big5_has_count_only_where_nothing_has_them_as_they_are(made):
    with made("機器人學", "机木家具") as graph:
        assert [h.text for h in graph.search("机")] == ["机木家具"]
        assert [h.text for h in graph.search("机器人")] == ["機器人學"]


def test_what_only_past_versions_have_is_said_to_be_there(tmp_path):
    write(
        tmp_path,
        now=document(knowledge=["甲知識"]),
        past=document("ZZZ1111-002v1", "《歷史資料》工程師", ["C#"]),
    )
    built(tmp_path / "kps.store", tmp_path)
    done = command.typed("kps-graph search C# --lang en", tmp_path)
    assert "--all-versions without --in finds it in 1 standards" in done.out + done.err
    done = command.typed("kps-graph search 不在任何地方的字 --lang en", tmp_path)
    assert "try fewer characters" in done.out + done.err


def test_a_kind_that_is_none_is_refused(graph):
    with pytest.raises(kps_graph.errors.BadParameter, match="kind"):
        graph.search("法規", kind="skill")
