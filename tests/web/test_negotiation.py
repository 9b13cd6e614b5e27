"""What a client accepts decides what it gets: RFC 9110, section 12.5."""

import pytest
from starlette.requests import Request

from kps_graph.web.negotiation import acceptable, accepts_gzip, negotiated
from kps_graph.web.problems import Refusal

JSON, XML, CSV = "application/sparql-results+json", "application/sparql-results+xml", "text/csv"
OFFERED = (JSON, XML, CSV)


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", JSON),
        ("*/*", JSON),
        (XML, XML),
        (XML.upper(), XML),
        ("text/*", CSV),
        ("text/csv, */*;q=0.1", CSV),
        (f"{JSON};q=0.5, {XML};q=0.9", XML),
        (f"{JSON};q=0.5, {XML};q=0.5", JSON),
        # the range that names a type most closely gives its weight, wherever it stands
        (f"*/*, {JSON};q=0.1", XML),
        (f"{JSON};q=0, */*;q=0.1", XML),
        ("application/*;q=0.2, text/csv;q=0.1", JSON),
        ("text/csv;charset=utf-8", CSV),
        ('text/csv;header="present"', CSV),
        ('text/x;note="a,b", text/csv', CSV),
        (" , text/csv", CSV),
        ("text/html", None),
        ("*/*;q=0", None),
        ("text/csv;q=2", None),
        ("text/csv;q=much", None),
        ("text/csv;delimiter=tab", None),
    ],
)
def test_the_weights_of_accept_decide(accept, chosen):
    assert acceptable([accept], OFFERED) == chosen


def test_several_fields_are_one_list():
    assert acceptable(["text/html", "text/csv"], OFFERED) == CSV


def test_a_parameter_of_an_offer_is_asked_for_by_name():
    offered = ("text/html", "text/html;level=1")
    assert acceptable(["text/html;q=0.3, text/html;level=1"], offered) == "text/html;level=1"


def request(**headers):
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": raw})


def test_who_accepts_none_of_them_is_told_which_there_are():
    with pytest.raises(Refusal, match="text/csv") as refused:
        negotiated(request(accept="image/png"), OFFERED)
    assert refused.value.status == 406


@pytest.mark.parametrize(
    ("accept", "compressed"),
    [
        ("gzip", True),
        ("br, gzip;q=0.1", True),
        ("*", True),
        ("identity", False),
        ("gzip;q=0, *", False),
        ("", False),
    ],
)
def test_an_answer_is_compressed_for_who_wants_it(accept, compressed):
    assert accepts_gzip(request(accept_encoding=accept)) is compressed
