"""Where the text of a cell goes on: as Chinese is set, whatever the width."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from kps_graph.cli.linebreaks import Cell, breaks
from kps_graph.exports.wrapping import CLOSING


def folded(text, width):
    """The lines of ``text``, as wide as ``width`` cells."""
    return [line.plain.rstrip() for line in Cell(text).divide(breaks(text, width))]


TEXTS = st.text("職能基準財務（如ERP） [0123]、。INCOTERMS ", min_size=1, max_size=60)


@given(TEXTS, st.integers(2, 60))
def test_no_line_is_wider_than_the_column_and_nothing_but_space_is_lost(text, width):
    lines = list(folded(text, width))
    assert max(map(cell_len, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_no_line_begins_with_closing_punctuation():
    text = "演唱會視訊工程師、出版品企劃人員、出版品編輯人員（外包）…（513）"
    assert not [
        line for width in range(12, 40) for line in folded(text, width) if line[0] in CLOSING
    ]


def test_a_number_stays_with_its_text():
    assert list(folded("會計系統相關知識 [3]、統計", 16)) == ["會計系統相關知", "識 [3]、統計"]


def test_words_are_not_cut():
    assert list(folded("International Commercial Terms", 15)) == [
        "International",
        "Commercial",
        "Terms",
    ]


def test_styles_go_on_in_the_next_line():
    text = Cell("職能基準", "bold")
    text.append("的級別", "dim")
    lines = text.wrap(Console(), 6)
    assert [(line.plain.strip(), [str(span.style) for span in line.spans]) for line in lines] == [
        ("職能基", []),
        ("準的級", ["dim"]),
        ("別", ["dim"]),
    ]
    assert {str(line.style) for line in lines} == {"bold"}
