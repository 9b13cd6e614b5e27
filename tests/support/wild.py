"""Standards as no author would write them: any text, any code, anything missing or twice.

Where :mod:`tests.support.generate` makes what a document can express, this makes what the model
can hold, for what has to be lossless whatever it is given.
"""

from hypothesis import strategies as st

from kps_graph.model import (
    Attitude,
    ClassCode,
    Classification,
    Element,
    Indicator,
    Item,
    Note,
    Output,
    Standard,
    Unit,
    Version,
    in_order,
    references,
)
from kps_graph.placeholders import placeholder

#: Texts that a format or an engine may take for something else.
TRAPS = [
    "",
    " ",
    "null",
    "~",
    "true",
    "no",
    "1420",
    "0x1F",
    "1e3",
    "2024-01-02",
    "a: b # c",
    "- x",
    "'",
    '"',
    "\\",
    "甲\n乙",
    "甲\r\n乙",
    "\t",
    "產\u2028品",
    "x\u0085y",
    "⾦⼈",
    "\uf9e4解\uf941文",
    "e\u0301",
    'a"^^<http://a/b>',
    "<b>",
    "@zh-Hant",
    "{{}}",
    "?x",
    "\ufeff字",
    "😀",
    "%41",
    "T1.1",
    "K1",
]
CODES = [
    "K1",
    "K01",
    "S1",
    "S07",
    "T1",
    "T1.1",
    "P1.1.1",
    "O1.1.1",
    "A01",
    "1420",
    "甲 1",
    "a/b",
    "x~2",
    "K1~2",
    "#1",
    "notes/1",
    "%2F",
    "undefined",
    "ü",
]

plain = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
#: What holds the place of content is no content, and is said and left out.
texts = st.one_of(st.sampled_from(TRAPS), plain).filter(lambda text: placeholder(text) is None)
#: A text that may be missing: a blank one is.
stated = st.one_of(st.none(), texts.filter(bool))
codes = st.one_of(st.none(), st.sampled_from(CODES))
raw = st.one_of(st.none(), st.sampled_from(["K 1", "P1.1.", "０１"]))
levels = st.one_of(
    st.none(), st.integers(-1, 45), st.sampled_from(["3-4", "四", "5", "4.5", "true"])
)


def few(strategy, most=3):
    return st.lists(strategy, max_size=most).map(tuple)


items = few(st.builds(Item, texts), 2)
elements = few(st.builds(Element, codes, texts, items, raw))
classes = few(
    st.builds(
        ClassCode,
        st.sampled_from(["", "KPS", "1420", "H5210", "C-22-220-2203", "MPMINMIS", "九"]),
        texts,
    ),
    2,
)
versions = few(
    st.builds(
        Version,
        texts,
        st.sampled_from(["", "ZZZ1234-001", "ZZZ1234-001v2", "乙"]),
        texts,
        texts,
        texts,
        texts,
        st.sampled_from([None, "ZZZ1234-001v2"]),
    ),
    2,
)


@st.composite
def standards(draw):
    """Any standard that the model can hold, its references in order."""
    knowledge, skills = draw(elements), draw(elements)

    def needs(found):
        known = [*references(found), "K99", "別處"]
        return few(st.sampled_from(known))

    need = {"knowledge": needs(knowledge), "skills": needs(skills)}
    outputs = few(st.builds(Output, codes, texts, raw), 2)
    indicators = few(st.builds(Indicator, codes, texts, levels, raw_code=raw, **need), 2)

    def units(below):
        return few(
            st.builds(
                Unit,
                codes,
                texts,
                levels,
                outputs=outputs,
                indicators=indicators,
                units=below,
                raw_code=raw,
                **need,
            ),
            2,
        )

    return in_order(
        draw(
            st.builds(
                Standard,
                st.one_of(st.none(), st.sampled_from(["ZZZ1234-001v2", "ZZZ1234-001", "示範 1"])),
                texts,
                st.sampled_from([None, "職業", "職類"]),
                texts,
                stated,
                levels,
                versions,
                st.builds(Classification, classes, classes, classes),
                units(units(units(st.just(())))),
                st.just(knowledge),
                st.just(skills),
                few(st.builds(Attitude, codes, texts, stated, raw)),
                few(st.builds(Note, texts, items)),
            )
        )
    )
