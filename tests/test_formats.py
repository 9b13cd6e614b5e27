"""One enum says everything about a format."""

import subprocess
import sys

import pytest

from kps_graph.formats import RdfFormat, SourceFormat

ALL = [*SourceFormat, *RdfFormat]


@pytest.mark.parametrize("format", ALL, ids=str)
def test_every_format_has_a_label_a_media_type_and_an_extension(format):
    assert format.label
    assert "/" in format.media_type
    assert format.extension.startswith(".")


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.md", SourceFormat.MARKDOWN),
        ("A.PDF", SourceFormat.PDF),
        ("x.y.docx", SourceFormat.DOCX),
        ("a.htm", SourceFormat.HTML),
        ("a.yml", SourceFormat.YAML),
        ("a", None),
        ("a.xls", None),
    ],
)
def test_a_name_suggests_a_source_format(name, format):
    assert SourceFormat.of_name(name) is format


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.ttl", RdfFormat.TURTLE),
        ("a.nq", RdfFormat.NQUADS),
        ("a.owl", RdfFormat.RDFXML),
        ("a.json", None),
    ],
)
def test_a_name_suggests_an_rdf_format(name, format):
    assert RdfFormat.of_name(name) is format


def test_short_names_are_what_options_and_documents_spell():
    assert [str(f) for f in SourceFormat] == [
        "markdown",
        "html",
        "odt",
        "docx",
        "pdf",
        "yaml",
        "json",
        "icap-json",
    ]
    assert SourceFormat("icap-json") is SourceFormat.ICAP_JSON


def test_knowing_formats_and_readers_imports_no_parser():
    code = (
        "import sys, kps_graph.formats, kps_graph.readers; "
        "print([m for m in ('lxml', 'pypdfium2', 'yaml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
