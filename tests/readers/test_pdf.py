"""PDF is read by its ruling lines: what they close is a cell, what stands in it is its text."""

import pytest

from kps_graph.errors import TooLarge, Undecodable
from kps_graph.readers import Limits
from kps_graph.readers.pdf import read_pdf
from tests.support.pdf import lattice, line, stream, text, to_pdf
from tests.support.shown import blocks, cells

#: Four fields: columns 20-120-220, rows 200-150-100.
GRID = lattice([20, 120, 220], [100, 150, 200])
FOUR = text(30, 180, "A") + text(130, 180, "B") + text(30, 130, "C") + text(130, 130, "D")
ABCD = [(1, 1, 1, 1, ["A"]), (1, 2, 1, 1, ["B"]), (2, 1, 1, 1, ["C"]), (2, 2, 1, 1, ["D"])]


def read(*contents, **more):
    return read_pdf(to_pdf(*contents, **more), "a.pdf")


def tables(*contents, **more):
    return [cells(t) for t in read(*contents, **more).tables]


def rect(x, y, width, height, paint="f"):
    return f"{x} {y} {width} {height} re {paint}\n"


THIN = "".join(rect(x, 100, 0.5, 100) for x in (20, 120, 220)) + "".join(
    rect(20, y, 200, 0.5) for y in (100, 150, 200)
)
PER_CELL = "".join(rect(x, y, 100, 50, "S") for x in (20, 120) for y in (100, 150))
APART = "".join(rect(x, y, 97, 47, "S") for x in (20, 120) for y in (100, 150))
PIECES = "".join(line(x, y, x, y + 50) for x in (20, 120, 220) for y in (100, 150)) + "".join(
    line(x, y, x + 100, y) for x in (20, 120) for y in (100, 150, 200)
)
ONE_PATH = (
    "".join(f"{x} 100 m {x} 200 l " for x in (20, 120, 220))
    + "".join(f"20 {y} m 220 {y} l " for y in (100, 150, 200))
    + "S\n"
)
DASHED = "[2 1] 0 d " + GRID
RINGS = "".join(
    f"{x} {y} 100 50 re {x + 1} {y + 1} 98 48 re f*\n" for x in (20, 120) for y in (100, 150)
)
SCALED = "q 0.5 0 0 -0.5 0 300 cm 1 w " + lattice([40, 240, 440], [200, 300, 400]) + "Q\n"


@pytest.mark.parametrize(
    "drawn",
    [GRID, THIN, PER_CELL, APART, PIECES, ONE_PATH, DASHED, RINGS, SCALED],
    ids=[
        "lines",
        "thin areas",
        "boxes",
        "boxes apart",
        "pieces",
        "one path",
        "dashes",
        "rings",
        "scaled",
    ],
)
def test_lines_close_cells_however_they_are_drawn(drawn):
    assert tables(drawn + FOUR) == [ABCD]


def test_lines_in_a_form_are_lines_of_the_page():
    form = stream(
        lattice([10, 60, 110], [0, 25, 50]).encode(),
        "/Type /XObject /Subtype /Form /BBox [0 0 400 300]",
    )
    drawn = "q 2 0 0 2 0 100 cm /X Do Q\n"
    assert tables(drawn + FOUR, extra={"XObject": "/X 4 0 R"}, objects=(form,)) == [ABCD]


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [(90, "0 1 -1 0 300 0"), (180, "-1 0 0 -1 400 300"), (270, "0 -1 1 0 0 400")],
)
def test_a_turned_page_is_read_as_it_is_shown(turn, matrix):
    box = "[0 0 400 300]" if turn == 180 else "[0 0 300 400]"
    assert tables(f"q {matrix} cm {GRID}{FOUR} Q\n", page=f"/Rotate {turn} /MediaBox {box}") == [
        ABCD
    ]


def test_where_no_line_parts_two_fields_they_are_one_cell():
    drawn = "".join(
        line(*where)
        for where in (
            (20, 100, 20, 200),
            (120, 100, 120, 200),
            (220, 100, 220, 200),
            (320, 100, 320, 150),
            (20, 200, 320, 200),
            (120, 150, 320, 150),
            (20, 100, 320, 100),
            (320, 150, 320, 200),
        )
    )
    drawn = drawn.replace(line(220, 100, 220, 200), line(220, 100, 220, 150))
    content = text(30, 150, "A") + text(130, 180, "B") + text(130, 120, "C") + text(230, 120, "D")
    assert tables(drawn + content) == [
        [(1, 1, 2, 1, ["A"]), (1, 2, 1, 2, ["B"]), (2, 2, 1, 1, ["C"]), (2, 3, 1, 1, ["D"])]
    ]


def test_an_underline_closes_nothing():
    assert tables(GRID + FOUR + line(30, 178, 60, 178) + line(30, 128, 110, 128)) == [ABCD]


def test_shading_closes_nothing():
    assert tables("0.9 g " + rect(25, 160, 60, 30) + "0 g " + GRID + FOUR) == [ABCD]


#: The outlines of the letters D (curved), A (slanted) and E (neither), over the middle of GRID.
LETTERS = {
    "D": "90 110 m 90 195 l 130 195 l 160 195 160 110 130 110 c h 100 120 m 125 120 l "
    "145 120 145 185 125 185 c 100 185 l h",
    "A": "80 110 m 115 195 l 125 195 l 160 110 l 150 110 l 140 130 l 100 130 l 90 110 l h",
    "E": "90 110 m 90 195 l 160 195 l 160 185 l 100 185 l 100 158 l 150 158 l 150 148 l 100 148 l "
    "100 120 l 160 120 l 160 110 l h",
}


@pytest.mark.parametrize("paint", ["f", "S"])
@pytest.mark.parametrize("letter", LETTERS)
def test_the_outline_of_a_letter_over_a_table_closes_nothing(letter, paint):
    assert tables(f"{GRID}{FOUR}0.8 g {LETTERS[letter]} {paint}\n") == [ABCD]


def test_the_outlines_of_a_word_in_one_path_close_nothing():
    assert tables(f"{GRID}{FOUR}0.8 g {' '.join(LETTERS.values())} f\n") == [ABCD]


def test_a_box_with_round_corners_is_a_table_of_one_cell():
    drawn = (
        "23 100 m 217 100 l 219 100 220 101 220 103 c 220 197 l 220 199 219 200 217 200 c "
        "23 200 l 21 200 20 199 20 197 c 20 103 l 20 101 21 100 23 100 c h S\n"
    )
    assert tables(drawn + text(30, 150, "A")) == [[(1, 1, 1, 1, ["A"])]]


def test_lines_that_close_nothing_make_no_table():
    found = read(line(20, 100, 220, 100) + line(20, 50, 220, 50) + text(30, 60, "A"))
    assert blocks(found.blocks) == ["A"]


def test_a_box_without_text_is_no_table():
    assert not read(rect(20, 20, 50, 50, "S") + text(100, 100, "A")).tables


def test_a_table_in_a_cell_is_text_of_the_cell():
    inner = lattice([30, 60, 90], [160, 190])
    assert tables(GRID + inner + text(35, 170, "X") + text(65, 170, "Y") + text(130, 180, "B")) == [
        [(1, 1, 1, 1, ["X Y"]), (1, 2, 1, 1, ["B"]), (2, 1, 1, 1, []), (2, 2, 1, 1, [])]
    ]


def test_tables_stand_in_order_with_the_lines_between_them():
    drawn = lattice([20, 120], [200, 250]) + lattice([20, 120], [50, 100])
    found = read(
        drawn
        + text(30, 70, "T")
        + text(30, 150, "between")
        + text(30, 220, "S")
        + text(30, 270, "above")
    )
    assert blocks(found.blocks) == [
        "above",
        [(1, 1, 1, 1, ["S"])],
        "between",
        [(1, 1, 1, 1, ["T"])],
    ]


def test_tables_directly_below_one_another_are_two():
    drawn = lattice([20, 120, 220], [150.5, 200, 250]) + lattice([20, 80, 220], [50, 100, 150])
    found = read(drawn + text(30, 220, "A") + text(130, 170, "B") + text(90, 120, "C"))
    assert [[c.text for c in t.cells] for t in found.tables] == [
        ["A", "", "", "B"],
        ["", "C", "", ""],
    ]


def test_each_page_has_tables_of_its_own():
    found = read(GRID + FOUR, GRID + FOUR)
    assert [(t.index, t.page, t.merged) for t in found.tables] == [(1, 1, True), (2, 2, True)]
    assert str(found.tables[1].cells[1].paragraphs[0].span) == (
        "a.pdf, page 2, table 2, row 1, column 2"
    )


def test_a_table_cut_open_by_the_page_end_is_closed_there():
    first = lattice([20, 120, 220], [150, 200]) + "".join(
        line(x, 60, x, 150) for x in (20, 120, 220)
    )
    rest = "".join(line(x, 220, x, 280) for x in (20, 120, 220))
    found = read(first + text(30, 170, "A") + text(30, 100, "B"), rest + text(130, 250, "C"))
    assert [[c.text for c in t.cells] for t in found.tables] == [["A", "", "B", ""], ["", "C"]]


def test_text_that_hangs_out_of_a_cell_cut_by_the_page_end_belongs_to_it():
    first = lattice([20, 120, 220], [150, 200]) + "".join(
        line(x, 100, x, 150) for x in (20, 120, 220)
    )
    found = read(first + text(30, 140, "A") + text(130, 140, "B") + text(130, 70, "C"), GRID + FOUR)
    assert [c.text for c in found.tables[0].cells] == ["", "", "A", "B\nC"]
    assert not found.paragraphs


def test_text_below_a_closed_table_does_not_belong_to_it():
    found = read(GRID + FOUR + text(30, 70, "E"), GRID + FOUR)
    assert [p.text for p in found.paragraphs] == ["E"]


def test_text_that_runs_over_an_edge_is_cut_there():
    found = tables(lattice([20, 50, 220], [100, 150]) + text(22, 120, "AAAAAAAAAA"))
    assert [len(c[4][0]) for c in found[0]] == [4, 6]


def in_cell(*words, width=100):
    content = "".join(text(25, 280 - 12 * n, w) for n, w in enumerate(words))
    return tables(lattice([20, 20 + width], [10, 295]) + content)[0][0][4]


def test_a_line_after_a_full_one_may_go_on_with_it():
    assert in_cell("S1 international trade", "and terms of it", width=110) == [
        "S1 international trade ",
        "~and terms of it",
    ]


def test_a_line_after_one_with_ample_room_begins_anew():
    assert in_cell("S1 trade", "S2 terms", width=200) == ["S1 trade", "S2 terms"]


def test_a_bullet_begins_anew():
    assert in_cell("S1 international trade", "- and terms of it", width=110) == [
        "S1 international trade",
        "0> - and terms of it",
    ]


def test_bullets_are_as_deep_as_they_are_indented():
    content = "".join(
        text(x, y, w)
        for x, y, w in (
            (25, 200, "- one of many items"),
            (30, 188, "going on"),
            (35, 176, "* two"),
            (25, 164, "- three"),
            (25, 120, "end"),
        )
    )
    assert tables(lattice([20, 125], [100, 220]) + content)[0][0][4] == [
        "0> - one of many items ",
        "~going on",
        "1> * two",
        "0> - three",
        "end",
    ]


def test_where_no_line_ends_in_a_space_latin_words_are_parted_by_the_break():
    assert in_cell("S1 international trade", "and terms in the", "ISO-", "9001", width=110) == [
        "S1 international trade ",
        "~and terms in the ",
        "~ISO-",
        "9001",
    ]


def test_where_lines_end_in_spaces_a_break_without_one_parts_nothing():
    assert in_cell("S1 international trade ", "and terms of INCO", "TERMS", width=110) == [
        "S1 international trade ",
        "~and terms of INCOTERMS",
    ]


def test_a_space_drawn_on_its_own_is_a_space():
    content = text(25, 200, "K6") + text(36.7, 200, " ") + text(39.5, 200, "x")
    assert tables(lattice([20, 120], [190, 220]) + content)[0][0][4] == ["K6 x"]


def test_words_set_apart_are_parted_by_a_space():
    content = text(25, 200, "trade") + text(60, 200, "terms")
    assert tables(lattice([20, 120], [190, 220]) + content)[0][0][4] == ["trade terms"]


def test_parts_of_a_line_drawn_in_any_order_stand_in_their_order():
    content = text(45, 200, "two") + text(25, 200, "one") + text(25, 212, "zero")
    assert tables(lattice([20, 70], [190, 230]) + content)[0][0][4] == ["zero ", "~one two"]


FOOT = "Page {} of 2".format


def test_page_numbers_are_left_out_and_reported():
    found = read(*(GRID + FOUR + text(180, 15, FOOT(n)) for n in (1, 2)))
    assert not found.paragraphs
    assert [(rule, words, span.page) for rule, words, span in found.warnings] == [
        ("E19", "Page 1 of 2", 1),
        ("E19", "Page 2 of 2", 2),
    ]


def test_a_line_repeated_in_the_margin_of_the_pages_is_left_out_and_reported():
    found = read(*(text(30, 285, "Standard ZZZ") + GRID + FOUR for _ in range(3)))
    assert not found.paragraphs
    assert [words for _, words, _ in found.warnings] == ["Standard ZZZ"] * 3


def test_a_page_number_inside_a_table_is_text():
    found = read(lattice([20, 220], [5, 295]) + text(30, 10, FOOT(1)))
    assert found.tables[0].cells[0].text == "Page 1 of 2"
    assert not found.warnings


PICTURE = stream(
    b"\0",
    "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
)
SHOWN = "q 300 0 0 200 20 20 cm /X Do Q\n"


def test_a_scan_is_named_as_such():
    with pytest.raises(Undecodable, match="scanned") as caught:
        read(SHOWN, SHOWN, extra={"XObject": "/X 4 0 R"}, objects=(PICTURE,))
    assert "OCR" in caught.value.hint


def test_a_scanned_page_among_others_is_reported():
    found = read(SHOWN, GRID + FOUR, extra={"XObject": "/X 4 0 R"}, objects=(PICTURE,))
    assert [(rule, span.page) for rule, _, span in found.warnings] == [("E34", 1)]


def test_a_pdf_without_anything_is_undecodable():
    with pytest.raises(Undecodable, match="without any text"):
        read(line(1, 1, 50, 50))


def test_a_password_is_named_as_the_reason():
    locked = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + "00" * 32
        + "> /U <"
        + "11" * 32
        + "> >> /ID [<00> <00>]"
    )
    with pytest.raises(Undecodable, match="password"):
        read(text(30, 30, "A"), trailer=locked)


@pytest.mark.parametrize("keep", [20, 300, 600])
def test_a_pdf_cut_short_is_undecodable(keep):
    with pytest.raises(Undecodable):
        read_pdf(to_pdf(GRID + FOUR)[:keep], "a.pdf")


def test_a_broken_table_of_objects_is_mended():
    data = to_pdf(GRID + FOUR)
    at = data.index(b"xref")
    broken = data[:at] + b"xref\n0 3\n9999999999 65535 f \n" + data[at + 60 :]
    assert [cells(t) for t in read_pdf(broken, "a.pdf").tables] == [ABCD]


def test_thousands_of_pages_are_refused():
    with pytest.raises(TooLarge, match=r"1,500 pages"):
        read(*["" for _ in range(1500)])


def test_too_many_characters_on_a_page_are_refused():
    with pytest.raises(TooLarge, match="on one page"):
        read_pdf(to_pdf(text(10, 10, "x" * 500)), "a.pdf", Limits(marks=400))


def test_too_many_lines_on_a_page_are_refused():
    drawn = "".join(line(n / 50, 0, n / 50, 300) for n in range(10000)) + "".join(
        line(0, n / 50, 400, n / 50) for n in range(10000)
    )
    with pytest.raises(TooLarge, match="table cells"):
        read(drawn + text(10, 10, "x"))


def test_forms_that_draw_themselves_end():
    form = stream(
        b"/X Do " + text(30, 30, "A").encode(),
        "/Type /XObject /Subtype /Form /BBox [0 0 400 300] "
        "/Resources << /XObject << /X 4 0 R >> /Font << /F1 3 0 R >> >>",
    )
    found = read("/X Do\n" + text(30, 90, "B"), extra={"XObject": "/X 4 0 R"}, objects=(form,))
    assert "B" in [p.text.strip() for p in found.paragraphs]
