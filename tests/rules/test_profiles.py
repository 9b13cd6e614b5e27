"""Profiles: severities, rules that are off, a user's own shapes and queries; baselines."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal

from kps_graph.cli.validate import validate
from kps_graph.errors import BadBaseline, BadHeader, BadProfile, BadShapes, QuerySyntax
from kps_graph.pipeline.check import check
from kps_graph.pipeline.sources import find
from kps_graph.report import Finding, Severity
from kps_graph.rules import baseline, profiles
from tests.extract.test_thirdparty import UNIT, WHOLE
from tests.support.command import typed
from tests.support.draft import draft
from tests.support.project import ROOT
from tests.support.stores import built
from tests.support.w3c_shacl import SH

PAGE = (ROOT / "docs" / "profiles.md").read_text("utf-8")
#: The example of the page: a profile and its query.
TOML, QUERY = (re.search(rf"```{lang}\n(.*?)```", PAGE, re.S)[1] for lang in ("toml", "sparql"))
SHAPE = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix kps: <https://w3id.org/kps-graph/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
<https://example.org/notes> a sh:PropertyShape ; dcterms:identifier "notes" ;
    sh:targetClass kps:Standard ; sh:path kps:hasNote ; sh:maxCount 0 ; sh:severity sh:Info ;
    sh:message "有說明"@zh-Hant , "has notes"@en .
"""
NAMED = 'shapes = ["mine.ttl"]'


@pytest.fixture
def seed(examples):
    return examples / "KPS1420-001v2.md"


def write(folder, text, **others):
    """A profile and the files beside it."""
    for name, content in others.items():
        stem, _, ending = name.rpartition("_")
        (folder / f"{stem.replace('_', '-')}.{ending}").write_text(content, "utf-8")
    path = folder / "mine.toml"
    path.write_text(text, "utf-8")
    return str(path)


def found(path, profile, corpus=None):
    report, _ = check(find([path]), profiles.load(profile) if profile else None, corpus)
    return {(f.rule, f.code): f.severity for f in report.findings}


def listed(path, profile):
    """Every finding, as rule and code, with its severity."""
    report, _ = check(find([path]), profiles.load(profile))
    return [((f.rule, f.code), f.severity) for f in report.findings]


def test_the_profiles_that_come_with_it_are_draft_review_and_import():
    assert set(profiles.names()) == {"draft", "review", "import"}
    for name in profiles.names():
        assert set(profiles.load(name).title) == {"zh-Hant", "en"}


def test_draft_leaves_every_severity_as_its_shape_has_it(seed):
    assert found(seed, "draft") == found(seed, None)
    assert not profiles.load("draft").severity


def test_review_makes_an_official_condition_that_is_not_met_a_violation(seed):
    draft, review = found(seed, "draft"), found(seed, "review")
    assert draft["R07", "K24"] == Severity.WARNING
    assert review["R07", "K24"] == review["R08", ""] == Severity.VIOLATION
    assert ("R22", "") not in review


def test_the_json_of_a_third_party_is_imported_unless_a_profile_is_named(third_party):
    assert found(third_party, None)["R03", "T1.1"] == Severity.WARNING
    assert found(third_party, "draft")["R03", "T1.1"] == Severity.VIOLATION


def test_a_profile_may_grade_or_switch_off_one_shape_of_a_rule(seed, tmp_path):
    def r20(text):
        mine = write(tmp_path, text)
        return sorted(str(s) for (rule, _), s in listed(seed, mine) if rule == "R20")

    assert r20("") == ["info", "warning"]
    assert r20("[off]\nR20-name-broader = '慣例'") == ["warning"]
    assert r20("[severity]\nR20 = 'info'\nR20-name-broader = 'violation'") == ["info", "violation"]
    assert r20("[off]\nR20 = '慣例'\n[severity]\nR20-name-agrees = 'info'") == ["info"]


def test_the_name_of_a_class_above_the_code_is_custom_where_documents_are_imported():
    assert "R20-name-broader" in profiles.load("import").off


@pytest.fixture
def third_party(tmp_path):
    """A document in the third party's form, which has lost the indicators of a unit."""
    path = tmp_path / "third.json"
    record = {**WHOLE, "competency_tasks": [{**UNIT, "behaviors": []}]}
    path.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    return path


def test_a_build_grades_what_a_third_party_extracted_as_a_check_does(third_party, tmp_path):
    sources = built(tmp_path / "kps.store", third_party, check=True).manifest.sources
    (source,) = sources.values()
    assert {f.severity for f in source.findings if f.rule == "R03"} == {Severity.WARNING}


def test_the_example_of_the_page_works(seed, tmp_path):
    mine = write(tmp_path, TOML, association_ttl=SHAPE, one_output_rq=QUERY)
    outcome = found(seed, mine)
    assert outcome["R08", ""] == Severity.VIOLATION
    assert outcome["one-output", "T1.1"] == Severity.INFO
    assert outcome["notes", ""] == Severity.INFO
    assert not [rule for rule, _ in outcome if rule == "R13"]


def test_a_row_of_a_users_query_is_a_finding_at_its_place_with_its_message(seed, tmp_path):
    mine = write(tmp_path, 'queries = ["one-output.rq"]', one_output_rq=QUERY)
    report, _ = check(find([seed]), profiles.load(mine))
    finding = next(f for f in report.findings if f.rule == "one-output")
    assert finding.message("en") == f"The unit {finding.code} has no output"
    assert finding.span.line


def test_the_report_says_which_profile_applied_and_what_is_off_and_why(seed, tmp_path):
    mine = write(tmp_path, TOML, association_ttl=SHAPE, one_output_rq=QUERY)
    done = CliRunner().invoke(validate, [str(seed), "--profile", mine, "--lang", "zh"])
    assert "mine" in done.stdout
    assert "R13 停用：本會之職責名稱依公會慣例。" in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sverity = {}", "did you mean severity"),
        ('[severity]\nR088 = "info"', "did you mean R08, R18"),
        ('[severity]\nR08 = "warn"', "did you mean warning"),
        ('[off]\nR08 = ""', "without a reason"),
        ("[off]\nR08 = true", "without a reason"),
        ("off = 3", "must be a table"),
        ('base = "drfat"', "did you mean draft"),
        ("shapes = 'mine.ttl'", "list of paths"),
        ("[off\n", "is not TOML"),
        ("idle = 1", "must be true or false"),
        ("idle = true", "says nothing without shapes"),
        ('title = { zh = "我的" }', "unknown language"),
    ],
)
def test_what_is_unknown_or_malformed_in_a_profile_is_an_error_that_says_what_to_do(
    text, said, tmp_path
):
    with pytest.raises(BadProfile) as error:
        profiles.load(write(tmp_path, text))
    assert said in str(error.value)
    assert "mine.toml" in str(error.value) or "drfat" in text


@pytest.mark.parametrize(
    ("name", "said"), [("reveiw", "did you mean review"), ("missing.toml", "No such file")]
)
def test_a_profile_that_does_not_exist_is_an_error(name, said):
    with pytest.raises(BadProfile, match=said):
        profiles.load(name)


@pytest.mark.parametrize(
    "shape", ["", "@prefix broken", SHAPE.replace("sh:targetClass", "sh:class")]
)
def test_shapes_of_a_profile_that_check_nothing_are_an_error(shape, tmp_path):
    with pytest.raises(BadShapes):
        profiles.load(write(tmp_path, 'shapes = ["mine.ttl"]', mine_ttl=shape))


def test_a_shape_of_a_profile_that_goes_to_pyshacl_is_named_with_what_sends_it_there(
    kps, seed, tmp_path
):
    slow = (
        SHAPE
        + """<https://example.org/slow> a sh:PropertyShape ; sh:targetClass kps:Standard ;
        sh:path kps:hasTask ; sh:disjoint kps:hasNote ; dcterms:identifier "slow" ."""
    )
    profile = write(tmp_path, 'shapes = ["mine.ttl"]', mine_ttl=slow)
    done = kps("validate", seed, "--profile", profile)
    assert "<https://example.org/slow> is left to pySHACL, which is slower: sh:disjoint" in done.out
    assert "example.org/notes>" not in done.out


def test_shapes_of_a_profile_that_meet_nothing_are_an_error(seed, tmp_path):
    shape = SHAPE.replace("kps:Standard", "<https://example.org/Nothing>")
    with pytest.raises(BadShapes, match="meets no node"):
        found(seed, write(tmp_path, 'shapes = ["mine.ttl"]', mine_ttl=shape))


def test_a_shape_about_a_property_that_nothing_has_ends_with_2_and_names_the_nearest_one(
    kps, seed, tmp_path
):
    prefix = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
    shape = prefix + SHAPE.replace("kps:hasNote", "skos:notaton")
    done = kps("validate", seed, "--profile", write(tmp_path, NAMED, mine_ttl=shape))
    assert done.code == 2
    assert "mine.ttl" in done.err
    assert "<https://example.org/notes> needs skos:notaton, which nothing has" in done.err
    assert "did you mean skos:notation" in done.err
    lax = write(tmp_path, f"{NAMED}\nidle = true", mine_ttl=shape)
    assert not [rule for rule, _ in found(seed, lax) if rule == "notes"]


@pytest.mark.parametrize(
    ("where", "missing"),
    [
        ("$this kps:hasTask ?value . ?value :remark ?x", ":remark"),
        ("$this kps:hasTask/:remark ?value", ":remark"),
        ("$this :one|^:two ?value", ":one"),
        ("?value a :Draft ; kps:taskOf $this", ":Draft"),
        ("$this kps:hasTask ?value { ?value :one ?x } UNION { ?value :two ?x }", ":one"),
        ("$this kps:hasTask ?value FILTER NOT EXISTS { ?value :remark ?x }", None),
        ("$this kps:hasTask ?value OPTIONAL { ?value :remark ?x }", None),
        ("$this kps:hasTask|:remark ?value", None),
        ("{ $this kps:hasTask ?value } UNION { $this :remark ?value }", None),
    ],
)
def test_a_query_that_needs_what_nothing_has_is_an_error_in_a_shape_and_in_a_file(
    where, missing, seed, tmp_path
):
    head = "PREFIX kps: <https://w3id.org/kps-graph/ontology#> PREFIX : <https://example.org/>"
    shape = SHAPE.replace("PropertyShape", "NodeShape").replace(
        "sh:path kps:hasNote ; sh:maxCount 0 ;",
        f'sh:sparql [ sh:select "{head} SELECT $this ?value {{ {where} }}" ] ;',
    )
    query = (
        "# title: 甲 | a\n# row: 甲 | a\n# column: focus -- 甲 | a\n"
        f"{head} SELECT ?focus {{ {where.replace('$this', '?focus')} }}"
    )
    mine = write(tmp_path, NAMED, mine_ttl=shape)
    other = tmp_path / "other.toml"
    other.write_text('queries = ["q.rq"]', "utf-8")
    (tmp_path / "q.rq").write_text(query, "utf-8")
    for profile, rule in ((mine, "notes"), (str(other), "q")):
        if missing is None:
            assert [r for r, _ in found(seed, profile) if r == rule]
            continue
        name = re.escape(f"<https://example.org/{missing[1:]}>")
        with pytest.raises((BadShapes, BadHeader), match=f"needs {name}, which nothing has"):
            found(seed, profile)


def test_a_shape_that_meets_nothing_conforms_where_the_profile_allows_it(seed, tmp_path):
    shape = SHAPE.replace("kps:Standard", "<https://example.org/Nothing>")
    mine = write(tmp_path, 'shapes = ["mine.ttl"]\nidle = true', mine_ttl=shape)
    assert not [rule for rule, _ in found(seed, mine) if rule == "notes"]


def test_a_profile_takes_the_shapes_of_its_base_and_may_say_that_they_meet_nothing(seed, tmp_path):
    shape = SHAPE.replace("kps:Standard", "<https://example.org/Nothing>")
    write(tmp_path, 'shapes = ["mine.ttl"]', mine_ttl=shape)
    (tmp_path / "lax.toml").write_text('base = "mine.toml"\nidle = true', "utf-8")
    (tmp_path / "again.toml").write_text('base = "lax.toml"', "utf-8")
    for name in ("lax.toml", "again.toml"):
        assert found(seed, str(tmp_path / name))


LITERALS = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<https://example.org/texts> a sh:NodeShape ; sh:targetNode "甲" , "乙 > 丙" ; sh:in ( "甲" ) .
"""


def test_a_literal_that_is_a_target_is_checked_itself(kps, seed, tmp_path):
    mine = write(tmp_path, 'shapes = ["mine.ttl"]', mine_ttl=LITERALS)
    report, _ = check(find([seed]), profiles.load(mine))
    (finding,) = [f for f in report.findings if f.rule == "texts"]
    assert (finding.focus, finding.value) == ('"乙 > 丙"', "乙 > 丙")
    done = kps("validate", seed, "--profile", mine, "--format", "turtle")
    report = Graph().parse(data=done.out, format="turtle")
    focus = {str(o) for o in report.objects(None, SH.focusNode) if isinstance(o, Literal)}
    assert focus == {"乙 > 丙"}


def test_a_rule_about_literals_is_graded_and_switched_off_as_others_are(seed, tmp_path):
    def texts(more):
        mine = write(tmp_path, f'shapes = ["mine.ttl"]\n{more}', mine_ttl=LITERALS)
        return [s for (rule, _), s in listed(seed, mine) if rule == "texts"]

    assert texts('[severity]\ntexts = "info"') == [Severity.INFO]
    assert texts('[off]\ntexts = "慣例"') == []


def test_a_literal_is_checked_beside_the_standards_of_a_store_too(
    kps, seed, example_store, tmp_path
):
    mine = write(tmp_path, 'shapes = ["mine.ttl"]', mine_ttl=LITERALS)
    done = kps("validate", seed, "--profile", mine, "--store", example_store, "--format", "json")
    said = [f for f in json.loads(done.out)["findings"] if f["rule"] == "texts"]
    assert [f["value"] for f in said] == ["乙 > 丙"]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        (QUERY.replace("?focus", "?thing").replace("column: focus", "column: thing"), BadHeader),
        ("# param: code text -- 代碼 | code\n".join(QUERY.partition("# column")[::2]), BadHeader),
        (QUERY.replace("# title", "# titel"), BadHeader),
        (QUERY.replace("OPTIONAL {", "OPTIONAL"), QuerySyntax),
    ],
)
def test_a_query_of_a_profile_that_cannot_check_is_an_error(query, error, seed, tmp_path):
    with pytest.raises(error):
        found(seed, write(tmp_path, 'queries = ["q.rq"]', q_rq=query))


# -- baselines


def drafts_of(sources):
    """By path, what each standard is known by."""
    return {s.path: baseline.Draft.of(s.name, s.code) for s in sources}


def test_a_baseline_knows_findings_wherever_they_have_moved(examples, tmp_path):
    source = tmp_path / "draft.md"
    shutil.copy(examples / "KPS1420-001v2.md", source)
    before, read = check(find([source]))
    drafts = drafts_of(read)
    (tmp_path / "known.json").write_bytes(baseline.write(before.findings, drafts))
    source.write_text("\n\n" + source.read_text("utf-8"), "utf-8")
    after, _ = check(find([source]))
    assert {f.span.line for f in after.findings} != {f.span.line for f in before.findings}
    compared = baseline.compare(after.findings, baseline.read(tmp_path / "known.json"), drafts)
    assert (compared.new, compared.in_baseline, compared.gone) == ((), len(before.findings), 0)


def test_a_baseline_tells_what_is_new_and_what_is_gone(examples, tmp_path):
    source = tmp_path / "draft.yaml"
    text = (examples / "ZZZ2431-902v1.yaml").read_text("utf-8")
    source.write_text(text, "utf-8")
    before, read = check(find([source]))
    drafts = drafts_of(read)
    source.write_text(
        text.replace("P1.1.3", "P7.1.3").replace("瞭解目標市場", "彙整目標市場"), "utf-8"
    )
    after, _ = check(find([source]))
    (tmp_path / "known.json").write_bytes(baseline.write(before.findings, drafts))
    compared = baseline.compare(after.findings, baseline.read(tmp_path / "known.json"), drafts)
    assert ("R04", "P7.1.3") in {(f.rule, f.code) for f in compared.new}
    assert compared.gone == 1
    assert compared.in_baseline + len(compared.new) == len(after.findings)


def test_of_two_equal_findings_one_that_is_known_leaves_one_that_is_new(seed):
    report, _ = check(find([seed]))
    one = report.findings[0]
    known = baseline.read_text(baseline.write([one], {}).decode())
    assert len(baseline.compare([one, one], known, {}).new) == 1


def test_only_new_findings_count_for_the_exit_code(seed, tmp_path):
    known = str(tmp_path / "known.json")
    run = CliRunner().invoke
    strict = [str(seed), "--fail-on", "info"]
    assert run(validate, strict).exit_code == 1
    assert run(validate, [*strict, "--write-baseline", known]).exit_code == 0
    assert run(validate, [*strict, "--baseline", known]).exit_code == 0
    (tmp_path / "empty.json").write_bytes(baseline.write([], {}))
    assert run(validate, [*strict, "--baseline", str(tmp_path / "empty.json")]).exit_code == 1


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"baseline": 9, "findings": []}', '{"baseline": 1, "findings": [{}]}']
)
def test_what_is_no_baseline_is_an_error(text, tmp_path):
    (tmp_path / "known.json").write_text(text)
    with pytest.raises(BadBaseline):
        baseline.read(tmp_path / "known.json")


def test_what_an_older_version_wrote_is_no_baseline(tmp_path):
    (tmp_path / "known.json").write_text('{"baseline": 1, "findings": []}')
    with pytest.raises(BadBaseline):
        baseline.read(tmp_path / "known.json")


@pytest.mark.parametrize(
    ("file", "header"),
    [
        ("草稿v2.docx", {}),
        ("定稿.docx", {"代碼": "FBS5131-001v1"}),
        ("草稿.docx", {"代碼": "FBS5131-001v2"}),
    ],
    ids=["another file", "a code that was filled in", "another version"],
)
def test_a_baseline_follows_a_draft_and_not_its_file(file, header, tmp_path):
    rows = [("T1 沖煮", "T1.1 沖煮咖啡", "", "P1.1.1 瞭解咖啡豆種類", "3", "K01 甲學", "S01 乙力")]
    first, second = tmp_path / "草稿.docx", tmp_path / "later" / file
    second.parent.mkdir()
    first.write_bytes(draft(rows))
    second.write_bytes(draft(rows, header))
    known = str(tmp_path / "known.json")
    run = CliRunner().invoke
    assert run(validate, [str(first), "--write-baseline", known]).exit_code == 0
    told = json.loads(run(validate, [str(second), "--baseline", known, "-f", "json"]).stdout)
    assert "R10" not in {f["rule"] for f in told["findings"]}


def test_a_baseline_of_one_occupation_says_nothing_of_another(tmp_path):
    rows = [("T1 沖煮", "T1.1 沖煮咖啡", "", "P1.1.1 瞭解咖啡豆種類", "3", "K01 甲學", "S01 乙力")]
    known = str(tmp_path / "known.json")
    for name in ("咖啡師", "調酒師"):
        (tmp_path / f"{name}.docx").write_bytes(draft(rows, {"職業": name}))
    run = CliRunner().invoke
    run(validate, [str(tmp_path / "咖啡師.docx"), "--write-baseline", known])
    file = str(tmp_path / "調酒師.docx")
    told = json.loads(run(validate, [file, "--baseline", known, "-f", "json"]).stdout)
    assert "R10" in {f["rule"] for f in told["findings"]}


DRAFTS = st.builds(
    baseline.Draft, st.sampled_from(["", "甲", "乙"]), st.sampled_from(["", "K1", "K2"])
)


@given(DRAFTS, DRAFTS)
def test_whether_two_are_one_draft_is_the_same_both_ways(one, other):
    assert one.may_be(one)
    assert one.may_be(other) == other.may_be(one)


def test_a_text_at_fault_that_another_one_replaced_is_gone_and_new():
    def of(text):
        return Finding("R10", Severity.WARNING, {}, code="P1.1.1", value=text)

    kept = Finding("R11", Severity.INFO, {}, code="P1.1.2", value="簽訂合約。")
    new, gone = baseline.change([of("瞭解甲"), kept], [of("瞭解乙"), kept])
    assert [f.value for f in new] == ["瞭解乙"]
    assert [f.value for f in gone] == ["瞭解甲"]


# -- among other standards


def test_a_draft_that_takes_the_code_of_a_standard_in_the_store_is_told_so(
    examples, example_store, tmp_path
):
    draft = tmp_path / "draft.yaml"
    text = (examples / "ZZZ2431-904v1.yaml").read_text("utf-8")
    draft.write_text(text.replace("市場研究分析師", "市場調查人員"), "utf-8")
    assert not [r for r, _ in found(draft, None) if r == "R21"]
    assert found(draft, None, example_store)["R21", ""] == Severity.VIOLATION


def test_a_draft_is_not_held_against_its_predecessor_in_the_store(
    examples, example_store, tmp_path
):
    draft = tmp_path / "draft.yaml"
    text = (examples / "ZZZ2431-904v1.yaml").read_text("utf-8")
    draft.write_text(text + "\n", "utf-8")
    assert found(draft, None, example_store) == found(draft, None)


def test_a_replacement_is_found_in_the_store(examples, example_store, tmp_path):
    draft = tmp_path / "draft.yaml"
    text = (examples / "ZZZ2431-902v1.yaml").read_text("utf-8")
    data = text.replace(
        "versions:",
        "versions:\n  - {version: V0, code: ZZZ2431-902v0, name: 舊, "
        "status: 歷史版本, replacedBy: ZZZ2431-904v1, date: 2020/01/01}",
        1,
    )
    draft.write_text(data, "utf-8")
    assert [r for r, _ in found(draft, None) if r == "R19"]
    assert not [r for r, _ in found(draft, None, example_store) if r == "R19"]


def test_every_command_of_the_page_runs(examples, tmp_path):
    shutil.copytree(examples, tmp_path / "examples")
    lines = [
        line
        for language, block in re.findall(r"^```(\w*)\n(.*?)^```", PAGE, re.S | re.M)
        for line in block.splitlines()
        if not language
    ]
    assert len(lines) > 3
    for line in lines:
        done = typed(line, tmp_path)
        assert done.code in (0, 1), f"{line}: {done.err}"
        assert not done.err.startswith("error"), line
