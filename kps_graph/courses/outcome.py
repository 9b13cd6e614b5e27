"""How a course was run: the trial class of table 10 and the standards of completion of table 12."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from kps_graph.courses.notices import notice
from kps_graph.courses.values import Course
from kps_graph.report import Finding
from kps_graph.words import Bilingual

__all__ = ["COUNTS", "DAYS", "STANDARDS", "dates", "outcome_findings"]

#: The facts of table 10 and 12, in the order of the form.
COUNTS: Final = ("enrolled", "completed", "qualified")
DAYS: Final = ("trial-from", "trial-to")
#: The rows of table 12 and the facts that they state.
STANDARDS: Final = MappingProxyType(
    {
        "各階段評量": "passed-stages",
        "學科": "passed-theory",
        "術科": "passed-practice",
        "其他": "passed-other",
    }
)
_NAMES: Final = {
    "enrolled": Bilingual("參訓人數", "The number of enrolled trainees"),
    "completed": Bilingual("完訓人數", "The number who completed"),
    "qualified": Bilingual("結訓人數", "The number who qualified"),
}
_DATE: Final = re.compile(r"(\d{2,4})\s*[年/.\-]\s*(\d{1,2})\s*[月/.\-]\s*(\d{1,2})")
_LATER: Final = Bilingual("訖日早於起日", "ends before it begins")
_OUTSIDE: Final = Bilingual("不在封面的辦訓期間內", "is not within the period on the cover")
_NO_DATE: Final = Bilingual("不是日期", "is no date")


def outcome_findings(course: Course) -> Iterator[Finding]:
    """What is wrong with how the course was run, so far as its tables tell that."""
    yield from _counts(course)
    yield from _days(course)
    standards = [course.facts[name] for name in STANDARDS.values() if name in course.facts]
    if standards and not any(field.text for field in standards):
        yield notice("C25", standards[0].span)


def _counts(course: Course) -> Iterator[Finding]:
    numbers: list[tuple[str, int]] = []
    for name in COUNTS:
        given = course.facts.get(name)
        if given is None or not given.text:
            continue
        match = re.fullmatch(r"(\d{1,6})\s*[人名位]?", unicodedata.normalize("NFKC", given.text))
        if match is None:
            yield notice("C23", given.span, value=given.text, what=_NAMES[name])
        else:
            numbers.append((name, int(match[1])))
    for (_, more), (name, less) in pairwise(numbers):
        if less > more:
            yield notice("C23", course.facts[name].span, value=str(less), what=_NAMES[name])


def _days(course: Course) -> Iterator[Finding]:
    given = [course.facts[name] for name in DAYS if name in course.facts]
    stated = [(field, dates(field.text)) for field in given if re.search(r"\d", field.text)]
    if not stated:
        return
    for field, found in stated:
        if not found:
            yield notice("C24", field.span, value=field.text, what=_NO_DATE)
    days = [(field, found[0]) for field, found in stated if found]
    said = "–".join(field.text for field, _ in days)
    if len(days) == 2 and days[1][1] < days[0][1]:
        yield notice("C24", days[1][0].span, value=said, what=_LATER)
    period = course.facts.get("period")
    whole = dates(period.text) if period else []
    if len(whole) == 2:
        outside = [field for field, day in days if not whole[0] <= day <= whole[1]]
        if outside:
            yield notice("C24", outside[0].span, value=said, what=_OUTSIDE)


def dates(text: str) -> list[date]:
    """The days in ``text``, a year below 1911 being one of the Republic (民國): 115年3月1日."""
    found = []
    for match in _DATE.finditer(unicodedata.normalize("NFKC", text)):
        year, month, day = map(int, match.groups())
        try:
            found.append(date(year + 1911 if year < 1911 else year, month, day))
        except ValueError:
            continue
    return found
