"""A sentence as data: a template and its values, which become words in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any, NamedTuple, TypeAlias

from kps_graph.words.language import Language
from kps_graph.words.translation import translated

__all__ = ["Bilingual", "Lines", "Sentence", "Value", "clauses", "in_words", "say"]

#: What stands in the place of a field: a sentence is put into words, and a tuple is joined, in the
#: language of the sentence around it.
Value: TypeAlias = "str | int | float | Sentence | Bilingual | Lines | tuple[Value, ...]"


class Bilingual(NamedTuple):
    """A text that comes in both languages, as those of rules and queries do.

    Attributes:
        chinese: in Chinese.
        english: in English.
    """

    chinese: str
    english: str

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Bilingual:
        """The text of a mapping from language tags."""
        return cls(texts[Language.CHINESE], texts[Language.ENGLISH])

    def in_words(self, language: Language) -> str:
        """The text in ``language``."""
        return language.pick((self.chinese, self.english))

    def __str__(self) -> str:
        """The text in English."""
        return self.english


class Lines(NamedTuple):
    """Sentences of their own, joined by what no language changes.

    Attributes:
        sentences: in their order.
        end: what stands between two of them.
    """

    sentences: tuple[Sentence, ...]
    end: str = "\n"

    def in_words(self, language: Language) -> str:
        """All of them in ``language``."""
        return self.end.join(sentence.in_words(language) for sentence in self.sentences)


class Sentence:
    """What is said to a person, as an English template with named fields, and their values.

    ``Sentence("there is no query {name!r}", name="gpa")``. A template without values is taken as
    it stands, braces too, so that a text of somebody else can be a sentence.

    Attributes:
        template: in English; the key of the catalogue.
        values: of its fields, by name.
    """

    # no dataclass: to import and make one takes longer than all else that --help needs of this

    __slots__ = ("template", "values")

    template: str
    values: tuple[tuple[str, Value], ...]

    def __init__(self, template: str, /, **values: Value) -> None:
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "values", tuple(values.items()))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a sentence keeps its {name}")

    def __reduce__(self) -> tuple[Any, ...]:
        return _sentence, (self.template, self.values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sentence):
            return NotImplemented
        return (self.template, self.values) == (other.template, other.values)

    def __hash__(self) -> int:
        return hash((self.template, self.values))

    def __repr__(self) -> str:
        return f"Sentence{(self.template, *self.values)!r}"

    def __str__(self) -> str:
        """The sentence in English."""
        return self.in_words(Language.ENGLISH)

    def in_words(self, language: Language) -> str:
        """The sentence in ``language``."""
        text = translated(self.template, language)
        if not self.values:
            return text
        return text.format(**{name: in_words(value, language) for name, value in self.values})

    def as_data(self) -> str | dict[str, object]:
        """The sentence as JSON data: its template alone where it has no values."""
        if not self.values:
            return self.template
        values = {name: _as_data(value) for name, value in self.values}
        return {"template": self.template, "values": values}

    @classmethod
    def from_data(cls, data: str | Mapping[str, object]) -> Sentence:
        """The sentence that :meth:`as_data` gave."""
        if isinstance(data, str):
            return cls(data)
        values = data["values"]
        if not isinstance(values, Mapping):
            raise TypeError("the values of a sentence are a mapping")
        return cls(str(data["template"]), **{k: _from_data(v) for k, v in values.items()})


def _sentence(template: str, values: tuple[tuple[str, Value], ...]) -> Sentence:
    return Sentence(template, **dict(values))


def clauses(sentences: Sequence[Sentence]) -> Sentence:
    """One or more sentences, one after the other."""
    return reduce(lambda a, b: Sentence("{first}, {then}", first=a, then=b), sentences)


def say(language: Language, template: str, /, **values: Value) -> str:
    """A sentence in ``language``, where it is shown at once."""
    return Sentence(template, **values).in_words(language)


def in_words(value: Value, language: Language) -> str | int | float:
    """A value as it stands in a sentence in ``language``; what is no sentence as it is."""
    if isinstance(value, (Sentence, Bilingual, Lines)):
        return value.in_words(language)
    if isinstance(value, tuple):
        return say(language, ", ").join(str(in_words(v, language)) for v in value)
    return value


def _as_data(value: Value) -> object:
    """A sentence as ``{"template", "values"}``, and a tuple as a list."""
    if isinstance(value, Sentence):
        return {"template": value.template, "values": {k: _as_data(v) for k, v in value.values}}
    if isinstance(value, Bilingual):
        return {Language.CHINESE.value: value.chinese, Language.ENGLISH.value: value.english}
    if isinstance(value, Lines):
        return {"lines": [_as_data(s) for s in value.sentences], "end": value.end}
    if isinstance(value, tuple):
        return [_as_data(v) for v in value]
    return value


def _from_data(data: object) -> Value:
    if isinstance(data, Mapping):
        if "lines" in data:
            return Lines(tuple(map(Sentence.from_data, data["lines"])), data["end"])
        return Sentence.from_data(data) if "template" in data else Bilingual.of(data)
    if isinstance(data, list):
        return tuple(map(_from_data, data))
    if isinstance(data, (str, int, float)):
        return data
    raise TypeError(f"{data!r} cannot be a value of a sentence")
