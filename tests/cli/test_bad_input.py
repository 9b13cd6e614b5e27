"""Whatever it is given, the command line says what is wrong and what to do; no traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import SCRIPT
from tests.support.stores import document, write

CELLS = "<table>" + '<tr><td colspan="1000">x</td></tr>' * 300 + "</table>"

#: Name -> content, exit code, and what the message says.
UNUSABLE = {
    "empty.md": (b"", "the file is empty"),
    "blank.md": (b" \n\n", "the file is empty"),
    "photo.png": (b"\x89PNG\r\n\x1a\n" + bytes(64), "a PNG image, which cannot be read"),
    "binary.md": (bytes(range(256)) * 8, "binary data"),
    "cut.docx": (b"PK\x03\x04" + b"x" * 40, "docx"),
    "cut.json": (b'{"name": "x", "tasks": [', "not valid JSON"),
    "cut.yaml": (b"name: x\ntasks: [", "not valid YAML"),
    "letter.md": ("親愛的讀者：\n\n這是一封信。\n".encode(), "no competency standard"),
    "page.html": (b"<html><body><p>hello</p></body></html>", "no competency standard"),
    "deep.html": (b"<html><body>" + b"<div>" * 200_000, "deep.html"),
    "bomb.html": (CELLS.encode(), "table cells"),
    "laughs.yaml": (
        b"name: &a [x, x]\ncode: &b [*a, *a]\n"
        + b"".join(
            b"k%d: &%c [%s]\n" % (n, c + 1, b", ".join([b"*%c" % c] * 9))
            for n, c in enumerate(b"bcdefghijk")
        ),
        "beyond any standard",
    ),
    "huge.md": (b"x" * (64 * 2**20 + 1), "too large"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "save it as ODT or DOCX"),
}


@pytest.fixture(params=UNUSABLE)
def unusable(request, tmp_path):
    content, message = UNUSABLE[request.param]
    path = tmp_path / request.param
    path.write_bytes(content)
    return path, message


def clean(result):
    """Whether the result has neither a traceback nor the name of a Python error."""
    shown = result.out + result.err
    return not any(word in shown for word in ("Traceback", "Error:", "our fault"))


def test_parse_refuses_what_is_no_standard_with_its_name_and_a_reason(kps, unusable):
    path, message = unusable
    result = kps("parse", path)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"error: {path.name}")
    assert message in result.err
    assert clean(result)


@pytest.mark.parametrize("name", ["empty.md", "photo.png", "cut.json", "bomb.html"])
def test_build_and_validate_go_on_with_the_rest(kps, tmp_path, name):
    content, message = UNUSABLE[name]
    folder = tmp_path / "documents"
    folder.mkdir()
    write(folder, good=document())
    (folder / name).write_bytes(content)
    build = kps("build", folder, folder / name, "--store", tmp_path / "store", "--no-check")
    assert build.code == 1
    assert "1 standards" in build.out
    assert name in build.out
    assert message in " ".join(build.out.split())
    assert clean(build)
    validate = kps("validate", folder, folder / name)
    assert validate.code == 2
    assert name in validate.err
    assert "1 standards" in validate.out
    assert clean(validate)


def test_a_build_of_nothing_usable_is_an_error_and_leaves_nothing(kps, tmp_path):
    write(tmp_path, bad="{")
    assert kps("build", tmp_path / "bad.json", "--store", tmp_path / "store").code == 2
    assert not (tmp_path / "store").exists()


def test_a_rebuild_of_nothing_usable_leaves_the_store_as_it_was(kps, tmp_path):
    write(tmp_path, good=document(), bad="{")
    store = tmp_path / "store"
    assert kps("build", tmp_path / "good.json", "--store", store).code == 0
    assert kps("build", "--rebuild", tmp_path / "bad.json", "--store", store).code == 2
    assert "ZZZ1111-001v2" in kps("sources", "--store", store).out


@pytest.mark.parametrize("command", ["parse", "build", "validate"])
def test_a_file_that_is_not_there_is_named(kps, tmp_path, command):
    result = kps(command, tmp_path / "none.md")
    assert result.code == 2
    assert "none.md" in result.err
    assert clean(result)


def test_a_file_in_big5_is_read_and_reported(kps, tmp_path, examples):
    path = tmp_path / "legacy.yaml"
    text = "name: 職能基準人員\nlevel: 4\ndescription: 測試編碼的文件內容\n"
    path.write_bytes(text.encode("big5"))
    result = kps("parse", path)
    assert result.code == 0
    assert json.loads(result.out)["name"] == "職能基準人員"
    assert "E09" in result.err
    assert "decoded as big5" in result.err.lower()


def test_two_documents_of_one_code_are_both_kept_and_reported(kps, tmp_path):
    folder, store = tmp_path / "documents", tmp_path / "store"
    folder.mkdir()
    write(folder, a=document(), b=document(name="乙員"))
    assert kps("build", folder, "--store", store).code == 0
    listed = json.loads(kps("sources", "--store", store, "--format", "json").out)["answers"]
    assert [s["identity"] for s in listed] == ["ZZZ1111-001v2", "ZZZ1111-001v2~2"]
    for source in listed:
        assert "R21" in {f["rule"] for f in source["findings"] if f["severity"] == "violation"}


def test_a_document_without_a_code_is_kept_as_a_draft_and_reported(kps, tmp_path):
    folder, store = tmp_path / "documents", tmp_path / "store"
    folder.mkdir()
    write(folder, a=document(None))
    assert kps("build", folder, "--store", store).code == 0
    (source,) = json.loads(kps("sources", "--store", store, "--format", "json").out)["answers"]
    assert source["identity"].startswith("draft-")
    assert source["code"] == ""
    assert kps("trace", "K1", "--store", store).code == 0


def test_a_store_in_use_is_an_error_that_says_what_to_do(kps, tmp_path):
    write(tmp_path, a=document())
    store = tmp_path / "store"
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nfrom pathlib import Path\n"
            "from kps_graph.store import writing\n"
            "with writing(Path(sys.argv[1])):\n    print('held', flush=True)\n    input()\n",
            store,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout.readline() == "held\n"
    result = kps("build", tmp_path / "a.json", "--store", store)
    holder.kill()
    holder.communicate()
    assert result.code == 2
    assert "another process is writing to this store" in result.err
    assert "wait for it" in result.err
    assert clean(result)


READING = [
    ("query", "overview"),
    ("trace", "K1"),
    ("shared",),
    ("compare", "a", "b"),
    ("sources",),
    ("export", "store", "-o", "x.nq"),
    ("draw", "a", "-o", "x.svg"),
]


@pytest.mark.parametrize("command", READING, ids=lambda c: c[0])
def test_without_a_store_every_command_says_how_to_make_one(kps, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    result = kps(*command, "--store", tmp_path / "none")
    assert (result.code, result.out) == (2, "")
    assert "there is no store here" in result.err
    assert "kps-graph build SOURCE" in result.err
    assert clean(result)


@pytest.mark.parametrize("command", READING, ids=lambda c: c[0])
def test_a_store_of_another_version_is_refused_by_every_command(
    kps, tmp_path, monkeypatch, command
):
    monkeypatch.chdir(tmp_path)
    store = tmp_path / "store"
    (store / "g000001").mkdir(parents=True)
    (store / "CURRENT").write_text("g000001\n")
    (store / "g000001" / "manifest.json").write_text('{"format": 99}')
    result = kps(*command, "--store", store)
    assert (result.code, result.out) == (2, "")
    assert "the store has format 99" in result.err
    assert "--rebuild" in result.err
    assert clean(result)


def test_a_folder_of_other_things_is_not_made_a_store(kps, tmp_path):
    write(tmp_path, a=document())
    result = kps("build", tmp_path / "a.json", "--store", tmp_path)
    assert result.code == 2
    assert "this directory holds other things (a.json)" in result.err
    assert clean(result)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["query", "overviw"], "did you mean overview"),
        (["query", "shared", "-p", "min_ocupations=2"], "did you mean min_occupations?"),
        (["query", "shared", "-p", "min_occupations=zwei"], "'zwei' is not a whole number"),
        (["query", "shared", "-p", "min_occupations"], "not of the form key=value"),
        (["query", "task-tree"], "needs the parameter 'standard'"),
        (["query", "none.rq"], "none.rq: the file cannot be read"),
        (["query", "overview", "--format", "xlm"], "'xlm' is not one of"),
        (["query", "overview", "--format", "turtle"], "turtle is for CONSTRUCT"),
        (["queries", "overviw"], "did you mean overview"),
        (["trace", "K1"], "say which with --standard"),
        (["trace", "K1", "--standard", "KPS1420-001v3"], "did you mean KPS1420-001v2"),
        (["trace", "K99", "--standard", "KPS1420-001v2"], "has no 'K99'"),
        (["compare", "KPS1420-001v2", "國際物流"], "did you mean"),
        (["draw", "KPS1420-001v2", "-o", "x.gif"], "neither .svg nor .html"),
        (["export", "KPS1420-001v2", "-o", "x.gif"], "is no format"),
        (["shared", "--min", "1"], "not in the range"),
        (["shard"], "Did you mean 'shared'?"),
        (["--stor"], "--stor"),
        (["trace"], "CODE"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else "",
)
def test_a_slip_is_met_with_what_may_have_been_meant(kps, example_store, command, message):
    given = (
        command
        if command[0] in ("queries", "shard", "--stor")
        else [*command, "--store", example_store]
    )
    result = kps(*given)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert "Traceback" not in result.err


def test_a_syntax_error_in_sparql_has_its_position(kps, example_store, tmp_path):
    path = tmp_path / "mine.rq"
    path.write_text("SELECT ?x\n\n  WHERE [}\n")
    for given, stdin in ((path, ""), ("-", path.read_text())):
        result = kps("query", given, "--store", example_store, stdin=stdin)
        assert (result.code, result.out) == (2, "")
        assert "3:9: this is not valid SPARQL" in result.err
        assert clean(result)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("DROP ALL", "queries only read"),
        (
            "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }",
            "SERVICE would ask another server",
        ),
        ("", "not valid SPARQL"),
    ],
)
def test_a_query_that_does_more_than_ask_is_refused(kps, example_store, text, message):
    result = kps("query", "-", "--store", example_store, stdin=text)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


def test_what_is_our_fault_says_so_and_shows_no_traceback_unless_asked(kps, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("by design")

    monkeypatch.setattr("kps_graph.store.current", broken)
    result = kps("sources")
    assert result.code == 3
    assert "ZeroDivisionError: by design" in result.err
    assert "this is our fault" in result.err
    assert "Traceback" not in result.err
    for given in (("--debug", "sources"), ("sources", "--debug")):
        result = kps(*given)
        assert result.code == 3
        assert "Traceback" in result.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_no_fault_of_ours():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [SCRIPT, "rules", "--lang", "en"],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 2
    assert "there is no room left on the disk" in done.stderr


def test_an_engine_that_fails_is_our_fault_too(kps, monkeypatch, examples):
    from kps_graph.errors import ValidationAborted

    def aborted(*_, **__):
        raise ValidationAborted("no shape was applied")

    monkeypatch.setattr("kps_graph.pipeline.check.check", aborted)
    result = kps("validate", examples)
    assert result.code == 3
    assert "no shape was applied" in result.err


@pytest.mark.parametrize(
    "name",
    [
        "new\nline.yaml",
        "esc\x1b[31m.yaml",
        os.fsdecode(b"bad\xff.yaml"),
        "中文 😀.yaml",
        "-d.yaml",
    ],
    ids=["line end", "escape", "no UTF-8", "signs", "dash"],
)
def test_any_name_of_a_file_is_shown_on_one_line_of_text(kps, tmp_path, examples, name):
    (tmp_path / name).write_bytes((examples / "ZZZ4323-901v2.yaml").read_bytes())
    checked = kps("validate", tmp_path)
    assert checked.code in (0, 1)
    assert "\x1b" not in checked.out
    built = kps("build", tmp_path, "--store", tmp_path / "kps.store")
    assert built.code == 0
    (source,) = json.loads(kps("sources", "--store", tmp_path / "kps.store", "-f", "json").out)[
        "answers"
    ]
    assert "\n" not in source["path"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look into every folder")
def test_a_folder_that_cannot_be_looked_into_is_named(kps, tmp_path, examples):
    (tmp_path / "a.yaml").write_bytes((examples / "ZZZ4323-901v2.yaml").read_bytes())
    (tmp_path / "closed").mkdir(mode=0)
    result = kps("validate", tmp_path)
    assert result.code == 2
    assert "closed: the file cannot be read: Permission denied" in result.err


def test_a_cell_with_thousands_of_codes_is_read(kps, tmp_path):
    codes = " ".join(f"P1.1.{n} 依規定備妥文件" for n in range(1, 3000))
    heads = "工作任務\t工作活動\t工作產出\t行為指標\t職能級別\tK 知識\tS 技能"
    (tmp_path / "a.md").write_text(f"{heads}\nT1 甲\tT1.1 乙\t\t{codes}\t3\tK1 己\tS1 庚\n")
    parsed = kps("parse", tmp_path / "a.md", "--format", "json")
    (unit,) = json.loads(parsed.out)["tasks"][0]["activities"]
    assert len(unit["indicators"]) >= 999


@pytest.mark.parametrize("base", ["a b", "example.org/id/", "https://", "https://e.org/id", "/"])
def test_a_base_that_makes_no_iris_is_refused(kps, tmp_path, examples, base):
    seed = examples / "KPS1420-001v2.md"
    for line in (
        ("parse", seed, "--format", "turtle"),
        ("build", seed, "--store", tmp_path / "kps.store"),
    ):
        result = kps(*line, "--base", base)
        assert result.code == 2
        assert f"the base {base!r} is not an absolute IRI that ends with / or #" in result.err
    assert not (tmp_path / "kps.store").exists()
