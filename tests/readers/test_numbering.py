"""The numbers of lists are printed as their style says."""

import pytest

from kps_graph.readers.numbering import ordinal


@pytest.mark.parametrize(
    ("number", "style", "printed"),
    [
        (3, "1", "3"),
        (3, "decimal", "3"),
        (3, "decimalZero", "03"),
        (12, "decimalZero", "12"),
        (1, "a", "a"),
        (27, "upperLetter", "AA"),
        (4, "lowerRoman", "iv"),
        (1994, "I", "MCMXCIV"),
        (10, "taiwaneseCountingThousand", "十"),
        (21, "一, 二, 三, ...", "二十一"),
        (105, "ideographDigital", "一〇五"),
        (2, "ideographTraditional", "乙"),
        (11, "甲, 乙, 丙, ...", "11"),
        (3, "ideographZodiac", "寅"),
        (20, "①, ②, ③, ...", "⑳"),
        (12, "decimalFullWidth", "１２"),
        (5, "bullet", ""),
        (5, "none", ""),
        (5, "", ""),
        (5, "unheard of", "5"),
        (0, "I", "0"),
        (-1, "a", "-1"),
        (10**6, "a", "1000000"),
    ],
)
def test_a_number_is_printed_in_its_style(number, style, printed):
    assert ordinal(number, style) == printed
