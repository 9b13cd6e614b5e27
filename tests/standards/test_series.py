"""Which versions follow each other: by the base of a code, a statement, a table, or a person."""

from __future__ import annotations

from kps_graph.standards.series import Decision, Evidence, Held, Stated, series_of


def held(code, name, *versions, identity=None, claim=None):
    return Held(identity or code, claim or code, code, name, versions)


def codes(found):
    return [[v.code for v in series.versions] for series in found]


V2 = Stated("KPS1420-001v2", "貿易經理", "V2", "歷史版本", "2018-12-21")
V4 = Stated("KPS1420-001v4", "國際貿易主管", "V4", "最新版本", "2024-12-01")


def test_versions_of_one_base_are_a_series_though_the_occupation_has_another_name():
    found = series_of([held(V4.code, V4.name, V4), held(V2.code, V2.name, V2)])
    assert codes(found) == [[V2.code, V4.code]]
    assert {v.evidence for v in found[0].versions} == {Evidence.CODE}


def test_a_stated_replacement_leads_to_another_base():
    old = Stated("ABC1111-001v1", "甲員", "V1", replaced_by="XYZ2222-002v1")
    found = series_of([held("ABC1111-001v1", "甲員", old), held("XYZ2222-002v1", "乙員")])
    assert codes(found) == [["ABC1111-001v1", "XYZ2222-002v1"]]
    assert found[0].versions[1].evidence is Evidence.REPLACEMENT


def test_a_version_table_joins_what_it_lists_whether_the_store_holds_it_or_not():
    older = Stated("ABC1111-001", "甲員", "V1", date="2015-01-01")
    own = Stated("XYZ2222-002v2", "乙員", "V2", date="2020-01-01")
    (series,) = series_of([held(own.code, own.name, own, older)])
    assert [(v.code, bool(v.identity)) for v in series.versions] == [
        ("ABC1111-001", False),
        ("XYZ2222-002v2", True),
    ]


def test_two_standards_that_claim_one_code_are_not_one_series():
    """Code bases are not unique: BHR4910-008v4 is both 薪酬管理人員 and 課程設計與規劃人員."""
    pay = held("BHR4910-008v4", "薪酬管理人員")
    courses = held(
        "BHR4910-008v4", "課程設計與規劃人員", identity="BHR4910-008v4~2", claim="BHR4910-008v4"
    )
    assert len(series_of([pay, courses])) == 2
    old = Stated("BHR4910-008v3", "課程設計與規劃人員", date="2019-01-01")
    own = Stated("BHR4910-008v4", "課程設計與規劃人員", date="2022-01-01")
    stated = Held(courses.identity, courses.claim, courses.code, courses.name, (own, old))
    found = series_of([pay, stated, held("BHR4910-008v3", "課程設計與規劃人員")])
    assert sorted(tuple(v.name for v in s.versions) for s in found) == [
        ("薪酬管理人員",),
        ("課程設計與規劃人員", "課程設計與規劃人員"),
    ]


def test_a_person_joins_and_puts_apart():
    standards = [
        held("ABC1111-001v1", "甲員"),
        held("ABC1111-001v2", "丁員"),
        held("XYZ2222-002v1", "乙員"),
    ]
    joined = series_of(standards, [Decision("ABC1111-001v2", "XYZ2222-002v1", True)])
    assert sorted(map(len, codes(joined))) == [3]
    apart = series_of(standards, [Decision("ABC1111-001v1", "ABC1111-001v2", False)])
    assert sorted(map(len, codes(apart))) == [1, 1, 1]


def test_every_standard_is_in_one_series():
    standards = [held(f"ABC1111-00{n}v{v}", "甲") for n in range(3) for v in (1, 3, 2)]
    found = series_of(standards)
    assert [len(s.held) for s in found] == [3, 3, 3]
    assert codes(found)[0] == ["ABC1111-000v1", "ABC1111-000v2", "ABC1111-000v3"]
