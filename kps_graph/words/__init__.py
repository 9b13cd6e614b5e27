"""What is said to a person: sentences with values, put into words where they are shown.

English stands in the source, as the template of a :class:`Sentence`; Chinese stands in the gettext
catalogue ``locale/zh_Hant/LC_MESSAGES/kps_graph.po``. ``scripts/update_catalogue.py`` brings the
catalogue up to date with the source.
"""

from kps_graph.words.closest import closest, did_you_mean
from kps_graph.words.few import Few
from kps_graph.words.grammar import sparql_reason, turtle_reason
from kps_graph.words.language import Language
from kps_graph.words.parsers import parser_reason
from kps_graph.words.sentence import Bilingual, Lines, Sentence, Value, clauses, in_words, say
from kps_graph.words.system import reason, system_reason

__all__ = [
    "Bilingual",
    "Few",
    "Language",
    "Lines",
    "Sentence",
    "Value",
    "clauses",
    "closest",
    "did_you_mean",
    "in_words",
    "parser_reason",
    "reason",
    "say",
    "sparql_reason",
    "system_reason",
    "turtle_reason",
]
