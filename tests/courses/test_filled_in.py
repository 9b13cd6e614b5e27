"""Tables as designers fill them in: what is no content, what is taken over, whose row it is."""

from __future__ import annotations

import pytest

from kps_graph.courses.check import check_course
from kps_graph.courses.documents import course_document
from kps_graph.courses.read import read_course
from kps_graph.pipeline.reading import read_file
from kps_graph.pipeline.sources import SourceFile
from tests.support.project import ROOT


@pytest.fixture(scope="module")
def standard():
    return read_file(SourceFile.at(ROOT / "examples" / "KPS1420-001v2.md")).standard


def course(*rows):
    """The course of a table of comma separated lines."""
    return read_course(course_document("\n".join(rows).encode(), "a.csv"))


def found(findings, *rules):
    """The rule, row and offending text of the findings of ``rules``, in order."""
    return [(f.rule, f.span.row, f.value) for f in findings if f.rule in rules]


def codes(module):
    return [reference.code for reference in module.references]


class TestALevel:
    def test_that_is_a_range_is_held_against_the_indicators_and_understood(self, standard):
        said = course("單元名稱,單元級別,行為指標,時數", "甲,5-6,P2.1.1,3")
        assert found(check_course(said, standard).findings, "C02", "C09") == [("C09", 2, "5-6")]

    def test_that_is_none_is_not_understood_and_held_against_nothing(self, standard):
        said = course("單元名稱,單元級別,行為指標,時數", "甲,高階,P2.1.1,3")
        assert found(check_course(said, standard).findings, "C02", "C09") == [("C02", 2, "高階")]
