"""What a new corpus means for a folder of courses."""

from __future__ import annotations

import json

import pytest
import yaml

from tests.support.stores import built

OLD = "ZZZ4323-901v2"


@pytest.fixture
def store(examples, tmp_path):
    """A store that has one standard in two versions: a K re-worded, one gone, one new, the rest kept."""
    text = (examples / f"{OLD}.yaml").read_text("utf-8")
    new = text.replace(OLD, "ZZZ4323-901v3")
    folder = tmp_path / "standards"
    folder.mkdir()
    (folder / "old.yaml").write_text(text, encoding="utf-8")
    (folder / "new.yaml").write_text(_changed(new), encoding="utf-8")
    built(tmp_path / "kps.store", folder)
    return tmp_path / "kps.store"


def _changed(text):
    """K01 gets more words, K02 gives way to something else."""
    data = yaml.safe_load(text)
    knowledge = {k["code"]: k for k in data["knowledge"]}
    knowledge["K01"]["name"] += "與最新修正條文"
    knowledge["K02"]["name"] = "量子感測儀器之校正原理"
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def course(path, standard, codes):
    path.write_text(
        f"title: {path.stem}\nstandard: {standard}\nmodules:\n- {{name: 甲, knowledge: '{codes}'}}\n",
        encoding="utf-8",
    )


def watched(kps, folder, store):
    done = kps("course", "watch", folder, "--store", store, "-f", "json", "--lang", "en")
    return done, {row["course"]: row for row in json.loads(done.out)}


def test_each_link_is_counted_by_what_became_of_it(kps, store, tmp_path):
    folder = tmp_path / "courses"
    folder.mkdir()
    course(folder / "舊.yaml", OLD, "K01、K02、K03、K99")
    course(folder / "新.yaml", "ZZZ4323-901v3", "K01、K03")
    done, rows = watched(kps, folder, store)
    assert done.code == 1
    old = rows["舊"]
    assert (old["standard"], old["newest"]) == (OLD, "ZZZ4323-901v3")
    assert (old["kept"], old["reworded"], old["gone"], old["unknown"]) == (1, 1, 1, 1)
    assert old["new"] == 1
    assert rows["新"]["newest"] == "ZZZ4323-901v3"
    assert all(rows["新"][state] == 0 for state in ("kept", "reworded", "gone", "new"))


def test_courses_whose_standard_has_no_newer_version_are_left_alone(kps, store, tmp_path):
    course(tmp_path / "新.yaml", "ZZZ4323-901v3", "K01")
    done, rows = watched(kps, tmp_path / "新.yaml", store)
    assert (done.code, len(rows)) == (0, 1)


def test_what_nothing_can_be_said_of_is_named(kps, store, tmp_path):
    folder = tmp_path / "courses"
    folder.mkdir()
    course(folder / "誰.yaml", "ABC1111-001v1", "K01")
    course(folder / "何.yaml", "ZZZ4323-901", "K01")
    (folder / "list.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    done, rows = watched(kps, folder, store)
    assert (done.code, rows) == (2, {})  # none of them could be watched
    for name in ("誰.yaml", "何.yaml", "list.csv"):
        assert done.err.count(name) == 1
    assert "ZZZ4323-901v3" in done.err
