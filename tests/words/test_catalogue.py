"""Whatever the source says to a person has a Chinese translation, with the same values and no English."""

import ast
import re
import string
from pathlib import Path

import pytest

import kps_graph
from kps_graph import errors
from kps_graph.exports.pictures.captions import WORDS
from scripts.update_catalogue import PO, SAYING, compiled, extracted, read

PACKAGE = Path(kps_graph.__file__).parent
MESSAGES = [m for m in read() if m.id]
#: Latin words that stand in Chinese as they are.
_STAY = (
    # terms of SHACL and of OWL, and keys of a profile
    "constraintcomponent idle imports mine new old owl parameter shapes validator",
    # names of products and of formats
    "arrow b big bmp csv doc docs docx enter epub esco excel gephi gif graphml gzip html",
    "http httpx jpeg json jsonld kps libreoffice louvain markdown nq nt ods odt",
    "opendocument pandas parquet pdf png polars postscript powerpoint pyarrow pyshacl python",
    "gexf gz quads r rar rdf rtf sparql sqlite sssom svg tiff toml trig tsv ttl turtle virtuoso",
    "webp word x xlsx xml yaml z zip txt case edtech edx ld moodle org",
    # terms of the field, of RDF and of SHACL
    "a ask attitude c competencies competency construct d data deactivated describe false",
    "focus https info iri k knowledge mib modifier n node o occupation occupations ocr",
    "by distinct exists filter group in limit notation offset order prefixes str",
    "ontology p path predicate property s schema select service sh shacl shape shapes skill t",
    "target targetclass true ud udfff unicode utf uuid violation warning",
    # what stands in a file as it is: columns, keys, headings of a query
    "category code codes column confidence course decisions default draft en english hant",
    "inversepath",
    "identical kind label level md name not number param profiles related report review",
    "row rq same sentence standard strict table tasks text theirs this title transformers",
    "value zh",
    # what is typed: commands and keys
    "align apply base copy ctrl file import install lang least map memory modules nearest off",
    "open output overlap pairs password pip push q query remote resultsetmaxrows sources",
    "any authorization bearer bgm bytes c category code from get graph industry k kps uses",
    "kps_slices latest level load max mcp occupation post slice slices source status store",
    "tab timeout token toml u updated user uxxxx web coverage migrate teaching template",
    "check own queries",
)
NAMES = frozenset(word for line in _STAY for word in line.split())
#: Fields, options, commands and IRIs.
_CODE = r"\{[^{}]*\}|%\(\w+\)s|--[\w-]+|kps-graph( [a-z-]+)*|<[^>]*>"


def _ids(message):
    return message.id if isinstance(message.id, str) else message.id[0]


def _text(message):
    return message.string if isinstance(message.string, str) else message.string[0]


def _fields(template):
    try:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name}
    except ValueError:  # a text without values may hold braces
        return set()


def test_every_sentence_in_the_source_has_a_translation():
    known = {_ids(m): _text(m) for m in read() if m.id}
    said = {_ids(m) for m in extracted() if m.id}
    assert [s for s in sorted(said) if not known.get(s)] == []


def test_the_catalogue_holds_nothing_that_nobody_says():
    said = {_ids(m) for m in extracted() if m.id}
    ours = {_ids(m) for m in MESSAGES if not any("click/" in where for where, _ in m.locations)}
    assert sorted(ours - said) == []


def test_no_translation_is_a_guess():
    assert [_ids(m) for m in MESSAGES if m.fuzzy] == []


def test_a_translation_has_the_values_of_its_sentence():
    wrong = []
    for message in MESSAGES:
        plural = set() if isinstance(message.id, str) else _fields(message.id[1])
        if _fields(_text(message)) not in (_fields(_ids(message)), plural):
            wrong.append(_ids(message))
    assert wrong == []


def test_a_translation_holds_no_english_but_names():
    wrong = {}
    for message in MESSAGES:
        text = re.sub(_CODE, " ", _text(message))
        if words := {word.lower() for word in re.findall(r"[A-Za-z]+", text)} - NAMES:
            wrong[_text(message)] = words
    assert wrong == {}


def test_the_store_and_an_error_have_one_name_in_chinese():
    texts = [_text(m) for m in MESSAGES]
    assert [t for t in texts if "資料庫" in t.replace("SQLite 資料庫", "")] == []
    assert [t for t in texts if "錯誤:" in t] == []


def test_the_compiled_catalogue_is_that_of_its_source():
    assert PO.with_suffix(".mo").read_bytes() == compiled(read())


def _sources():
    return sorted(p for p in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", _sources(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_an_error_is_raised_with_a_template_that_can_be_translated(path):
    """A sentence put together of pieces has no translation; values go in its fields."""
    wrong = []
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and _name(call) in SAYING:
            given = call.args[SAYING[_name(call)] :]
            if given and isinstance(given[0], (ast.JoinedStr, ast.BinOp, ast.IfExp)):
                wrong.append(f"line {call.lineno}: {ast.unparse(given[0])}")
    assert wrong == []


def _name(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


#: English that reads like a sentence and is not said to a person, and why.
NOT_SAID = {
    "align/decisions.py": ("What people decided", "Which names say"),  # in a file, for programs
    "workers/process.py": ("import sys",),  # code
    "workers/frames.py": ("import sys",),  # code
    "web/metrics.py": ("",),  # what a metric counts, for programs
    "web/served.py": ("the next generation",),  # in the log, for programs
    "web/connections.py": ("The header", "content-type"),  # before a language can be known
    "rules/catalogue.py": ("Generated from",),  # a page in both languages
    "rdf/derive.py": ("tuple[",),  # a type
    "rdf/ntriples.py": ("tuple[",),  # a type
    "rdf/write.py": ("tuple[",),  # a type
    "rules/checklist.py": ("to be judged",),  # a value in JSON
    "sharing/tabular.py": (" answers by name: ",),  # a repr
    "terms.py": ("",),  # terms of vocabularies
    "words/grammar.py": ("",),  # patterns of what libraries say
    "words/parsers.py": ("",),  # patterns of what libraries say
    "shacl/reference.py": ("[Uu]nknown",),  # a pattern
    "store/embedded.py": ("corrupt|no such file",),  # a pattern
    "web/mcp/server.py": ("",),  # what tools are for, read by language models
}


@pytest.mark.parametrize("path", _sources(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_sentence_is_either_in_the_catalogue_or_stands_beside_its_chinese(path):
    known = {_ids(m) for m in MESSAGES}
    where = path.relative_to(PACKAGE).as_posix()
    tree = ast.parse(path.read_text("utf-8"))
    paired, silent = set(), set()
    for node in ast.walk(tree):
        if (
            isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
            and node.body
        ):
            silent.update(map(id, _constants(node.body[0])) if _docstring(node) else ())
        children = [c for c in ast.iter_child_nodes(node) if isinstance(c, ast.expr)]
        if any(_chinese(c) for c in children):
            paired.update(id(c) for child in children for c in _constants(child))
        if isinstance(node, ast.keyword) and node.arg == "help":
            silent.update(map(id, _constants(node)))  # taken from the commands themselves
        if isinstance(node, ast.Raise) and not _ours(node):
            silent.update(map(id, _constants(node)))
    wrong = [
        f"line {c.lineno}: {c.value!r}"
        for c in _constants(tree)
        if _reads_as_english(c.value)
        and c.value not in known
        and id(c) not in paired | silent
        and not any(c.value.startswith(begun) for begun in NOT_SAID.get(where, ()))
    ]
    assert wrong == []


def _docstring(node):
    first = node.body[0]
    return isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)


def _constants(node):
    return [c for c in ast.walk(node) if isinstance(c, ast.Constant) and isinstance(c.value, str)]


def _chinese(node):
    return any(re.search("[\u4e00-\u9fff]", c.value) for c in _constants(node))


def _ours(node):
    return any(
        isinstance(c, ast.Call) and _name(c) in {*errors.__all__, "BadUsage"}
        for c in ast.walk(node)
    )


def _reads_as_english(text):
    """Three words of small letters in a row, and none of the marks of code, SPARQL or a style sheet."""
    return bool(
        re.search(r"(?<![\w.?<:/-])(?:[a-z]{2,}[,;]? ){2}[a-z]{2,}", text)
    ) and not re.search(r"[{}]{2}|[;{]\s*$|\?\w+ |SELECT|WHERE|var\(|px|=>", text)


def test_every_word_of_a_picture_is_in_both_languages():
    for key, (chinese, english) in WORDS.items():
        assert re.search("[\u4e00-\u9fff]", chinese), key
        assert english.isascii() or re.search("[−×]", english), key
