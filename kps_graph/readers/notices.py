"""What a reader notices, under the numbers of the extraction rules they become findings of."""

from __future__ import annotations

from typing import Final, TypeAlias

from kps_graph.document import Span
from kps_graph.words import Sentence

__all__ = [
    "ASIDE",
    "COMMENT",
    "HIDDEN",
    "LEGACY_ENCODING",
    "PAGE_FOOTER",
    "PICTURE",
    "SCANNED",
    "SLANTED",
    "UNKNOWN_GLYPHS",
    "UNREADABLE",
    "Notice",
]

#: (rule number, text concerned or what is said of it, place), as in :attr:`kps_graph.document.Document.warnings`.
Notice: TypeAlias = tuple[str, str | Sentence, Span]

#: Read in a legacy character encoding; the text is the encoding.
LEGACY_ENCODING: Final = "E09"
#: A page header or footer (第3頁，總共3頁), left out of the text.
PAGE_FOOTER: Final = "E19"
#: A footnote, left out of the text.
ASIDE: Final = "E20"
#: A comment: it is no text, and said only where an item with a code stands in it alone.
COMMENT: Final = "E45"
#: Text that the document hides or strikes out, left out of the text.
HIDDEN: Final = "E21"
#: A part that could not be read, by its name or its characters.
UNREADABLE: Final = "E16"
#: A picture or drawing, by its name: text in it is not read.
PICTURE: Final = "E33"
#: A page that is an image without text.
SCANNED: Final = "E34"
#: How many characters have a font that does not say what they are.
UNKNOWN_GLYPHS: Final = "E35"
#: Text that is not upright, left out of the text.
SLANTED: Final = "E36"
