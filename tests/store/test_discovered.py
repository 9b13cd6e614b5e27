"""Where a server is written to stands in its service description, and is believed of itself only."""

import pytest

from kps_graph.store.remote.discovered import GRAPH_STORE, discovered

ASKED = "https://example.org/rdf/sparql"
TURTLE = {"content-type": "text/turtle; charset=utf-8"}
PREFIX = "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .\n"


def said(body):
    return discovered(ASKED, TURTLE, (PREFIX + body).encode())


def test_a_service_for_both_is_asked_and_updated_at_its_endpoint():
    found = said(
        "[] a sd:Service ; sd:endpoint <> ;"
        " sd:supportedLanguage sd:SPARQL11Query, sd:SPARQL11Update ."
    )
    assert (found.query, found.update, found.data) == (ASKED, ASKED, "")


def test_services_of_their_own_have_endpoints_of_their_own():
    found = said(
        "[] sd:endpoint <ask> ; sd:supportedLanguage sd:SPARQL11Query ."
        "[] sd:endpoint <change> ; sd:supportedLanguage sd:SPARQL11Update ."
        f"[] sd:endpoint <graphs> ; sd:feature <{GRAPH_STORE}> ."
    )
    assert (found.query, found.update, found.data) == tuple(
        f"https://example.org/rdf/{name}" for name in ("ask", "change", "graphs")
    )


@pytest.mark.parametrize("elsewhere", ["https://example.com/sparql", "http://example.org/sparql"])
def test_an_endpoint_on_another_server_is_not_believed(elsewhere):
    found = said(f"[] sd:endpoint <{elsewhere}> ; sd:supportedLanguage sd:SPARQL11Update .")
    assert found.update == ""


def test_of_several_endpoints_none_is_chosen():
    found = said("[] sd:endpoint <a>, <b> ; sd:supportedLanguage sd:SPARQL11Update .")
    assert found.update == ""


@pytest.mark.parametrize(
    ("media_type", "content"),
    [("text/html", b"<p>a form</p>"), ("text/turtle", b"<broken"), ("", b"")],
)
def test_what_is_no_description_says_nothing(media_type, content):
    found = discovered(ASKED, {"content-type": media_type}, content)
    assert (found.query, found.update, found.data) == ("", "", "")
