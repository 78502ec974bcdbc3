"""The same report with and without the cache, in one process and in several; and no work that was done before."""

import datetime
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from msgcheck import revision
from msgcheck.cache import Cache, key
from msgcheck.checks.analyse import Analyser
from msgcheck.errors import GuideError
from msgcheck.guide import load
from msgcheck.kept import Kept, guide_at
from msgcheck.matching.comparison import Comparer, Comparison
from msgcheck.model import Document, DocumentResult, Reason, Report, Role
from msgcheck.pipeline import Request, check
from msgcheck.readers import ReadOptions
from msgcheck.reporters.json import write
from msgcheck.settings import Settings

GUIDE = """\
msgcheck: 1
company: {name: Larch Cooperage, never: [Larch Cooperages]}
messages:
  - {id: fast, statement: "We mend every barrel in under two weeks.", required_in: [leaflet]}
claims:
  - {id: tight, statement: "Our casks lose less than 2% a year.", source: "Trial of 2025"}
collateral:
  - {match: "old/**", skip: true}
  - {match: "*.md", kind: leaflet}
"""
TEXTS = {
    "a.md": "# Barrels\n\nWe mend every barrel in under three weeks. Our casks lose less than 2% a year.\n",
    "b.txt": "Larch Cooperages was founded by two coopers. They like oak.\n",
    "c.md": "We mend every barrel in under two weeks. Ask us!\n",
    "old/d.txt": "We mend nothing.\n",
    "e.pdf": "This is no PDF.\n",
}


@pytest.fixture
def collateral(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "guide.yaml").write_text(GUIDE)
    for name, text in TEXTS.items():
        path = tmp_path / "collateral" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text)
    return tmp_path


def request(folder: Path, **changes: object) -> Request:
    settings = Settings(folder / "rules", folder / "collateral", jobs=1, cache_dir=folder / "kept")
    made = Request((folder / "collateral",), settings, datetime.date(2026, 11, 21))
    return replace(made, **changes)  # type: ignore[arg-type]


def text_of(report: Report) -> str:
    stream = io.StringIO()
    write(report, stream)
    return stream.getvalue()


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that are analysed in this process."""
    seen: list[str] = []
    real = Analyser.analyse

    def watched(self: Analyser, document: Document, role: Role) -> DocumentResult:
        if not role.skip:
            seen.append(document.name)
        return real(self, document, role)

    monkeypatch.setattr(Analyser, "analyse", watched)
    return seen


def test_the_report_is_the_same_whatever_is_kept_and_however_many_work(collateral: Path, analysed: list[str]) -> None:
    without = text_of(check(request(collateral, cached=False)))
    assert len(analysed) == 4
    assert not (collateral / "kept").exists()
    found = json.loads(without)
    assert {"message-drift", "brand-name"} <= {finding["rule"] for finding in found["findings"]}
    assert [one["status"] for one in found["documents"]] == ["read", "read", "read", "unread", "skipped"]
    assert text_of(check(request(collateral))) == without
    assert len(analysed) == 8
    assert text_of(check(request(collateral))) == without
    assert len(analysed) == 8                              # everything was kept
    several = request(collateral, cached=False)
    several = replace(several, settings=replace(several.settings, jobs=2))
    assert text_of(check(several)) == without
    assert len(analysed) == 8                              # other processes did it


def test_the_largest_documents_are_begun_first(collateral: Path, analysed: list[str]) -> None:
    check(request(collateral))
    assert analysed == sorted(analysed, key=lambda name: -len(TEXTS[name]))


def test_only_what_changed_is_worked_out_again(collateral: Path, analysed: list[str]) -> None:
    first = check(request(collateral))
    analysed.clear()
    changed = collateral / "collateral" / "c.md"
    status = changed.stat()
    changed.write_text(TEXTS["c.md"].replace("two", "ten"))      # as long as before, and no later
    os.utime(changed, ns=(status.st_atime_ns, status.st_mtime_ns))
    second = check(request(collateral))
    assert analysed == ["c.md"]
    assert {one.document for one in second.findings} - {one.document for one in first.findings} <= {"c.md"}
    analysed.clear()
    check(request(collateral, as_of=datetime.date(2027, 1, 1)))
    assert len(analysed) == 4                              # the day is part of the question
    analysed.clear()
    guide = collateral / "rules" / "guide.yaml"
    guide.write_text(GUIDE.replace("under two weeks", "under four weeks"))
    third = check(request(collateral))
    assert len(analysed) == 4
    assert {one.document for one in third.findings if one.rule == "message-drift"} == {"a.md", "c.md"}


def test_a_guide_in_order_is_read_once_until_it_changes(collateral: Path) -> None:
    path = collateral / "rules" / "guide.yaml"
    with Cache(collateral / "kept") as cache:
        first = guide_at(cache, collateral / "rules")
        assert guide_at(cache, collateral / "rules") == first == load(collateral / "rules")
        path.write_text(GUIDE.replace("under two weeks", "under four weeks"))
        assert guide_at(cache, collateral / "rules") == load(collateral / "rules") != first
        path.write_text(GUIDE.replace("statement:", "sentence:", 1))
        for _ in range(2):                                 # what is wrong is told every time
            with pytest.raises(GuideError):
                guide_at(cache, collateral / "rules")


def test_what_was_compared_before_is_not_compared_again(collateral: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = datetime.date(2026, 11, 22)
    without = text_of(check(request(collateral, as_of=tomorrow, cached=False)))
    check(request(collateral))
    changed: list[object] = []

    def compares(self: Comparer, pairs: list[tuple[str, str]]) -> list[Comparison]:
        changed.extend(pairs)
        return real(self, pairs)

    real = Comparer._compare
    monkeypatch.setattr(Comparer, "_compare", compares)
    assert text_of(check(request(collateral, as_of=tomorrow))) == without      # another day: no result is kept
    assert not changed
    guide = collateral / "rules" / "guide.yaml"
    guide.write_text(GUIDE.replace("Larch Cooperage,", "Larch,"))              # its names are part of how a text reads
    check(request(collateral))
    assert changed


@pytest.mark.parametrize("kept", [True, False])
def test_a_run_loads_no_model_where_all_is_kept_or_workers_have_them(collateral: Path, kept: bool) -> None:
    for name, time in (("x.md", "two days"), ("y.md", "half a day")):      # a contradiction: is the guide silent on it?
        (collateral / "collateral" / name).write_text(f"A barrel inspection takes {time}.\n")
    if kept:
        check(request(collateral))
    code = f"""
import sys
sys.argv = ["msgcheck"]
from msgcheck.cli.main import main
main(["check", {str(collateral / "collateral")!r}, "--guide", {str(collateral / "rules")!r}, "--jobs", "2",
      "--cache-dir", {str(collateral / "kept")!r}, "--root", {str(collateral / "collateral")!r},
      "--as-of", "2026-11-21"])
heavy = ("torch numpy transformers sentence_transformers spacy thinc onnxruntime onnx tokenizers pdfplumber "
         "pypdfium2 docx ruamel")
print([name for name in heavy.split() if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stderr == ("[]\n" if kept else "['ruamel']\n")           # a guide that is not kept is parsed
    assert "message-drift" in done.stdout
    assert "conflicting-claims" in done.stdout


def test_an_uncached_run_never_imports_torch(collateral: Path) -> None:
    code = f"""
import datetime, sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_results import check, request
check(request(Path({str(collateral)!r}), cached=False))
print([name for name in ("torch", "transformers", "onnx") if name in sys.modules], "spacy" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "[] True\n"


class TestKept:
    DAY = datetime.date(2026, 11, 21)
    RESULT = DocumentResult(Document("a.txt", "text", "a" * 64, "read"), Role(kind="leaflet"), passages=3)

    def kept(self, folder: Path, **changes: object) -> Kept:
        given = {"options": ReadOptions(), "guide": "g", "encoder": "e", "as_of": self.DAY, **changes}
        return Kept(Cache(folder / "kept"), **given)  # type: ignore[arg-type]

    def found(self, kept: Kept, name: str = "a.txt", sha256: str = "a" * 64, role: Role | None = None) -> bool:
        return bool(kept.results([(name, sha256, role or Role(kind="leaflet"))]))

    def test_a_result_is_found_under_just_its_own_question(self, tmp_path: Path) -> None:
        self.kept(tmp_path).keep_result(self.RESULT)
        same = self.kept(tmp_path)
        assert same.results([("a.txt", "a" * 64, Role(kind="leaflet"))]) == {"a.txt": self.RESULT}
        assert not self.found(same, name="b.txt")
        assert not self.found(same, sha256="b" * 64)
        assert not self.found(same, role=Role(kind="deck"))
        for change in (
            {"guide": "h"}, {"encoder": "f"}, {"as_of": datetime.date(2026, 11, 22)}, {"include_hidden": True},
            {"keep_blocks": True}, {"options": ReadOptions(passwords=("x",))},
        ):
            assert not self.found(self.kept(tmp_path, **change)), change

    def test_other_code_asks_another_question(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.kept(tmp_path).keep_result(self.RESULT)
        monkeypatch.setattr(revision, "analysis", lambda: "another")
        assert not self.found(self.kept(tmp_path))

    @pytest.mark.parametrize("code", ["timeout", "memory", "crashed", "no-permission", "not-readable", "not-found"])
    def test_what_may_be_otherwise_next_time_is_not_kept(self, tmp_path: Path, code: str) -> None:
        document = Document("a.txt", "text", "a" * 64, "partly-read", (Reason(code, "page 3", "It took too long."),))
        kept = self.kept(tmp_path)
        kept.keep_document(document)
        kept.keep_result(replace(self.RESULT, document=document))
        assert kept.document("a.txt", "a" * 64) is None
        assert not self.found(kept)

    def test_a_document_without_bytes_is_not_kept(self, tmp_path: Path) -> None:
        kept = self.kept(tmp_path)
        kept.keep_document(replace(self.RESULT.document, sha256=""))
        assert kept.document("a.txt", "") is None
        assert kept.documents_held([("a.txt", "")]) == frozenset()

    def test_a_kept_value_that_is_none_is_a_miss(self, tmp_path: Path) -> None:
        kept = self.kept(tmp_path)
        kept.keep_document(self.RESULT.document)
        assert kept.document("a.txt", "a" * 64) == self.RESULT.document
        with Cache(tmp_path / "kept") as cache:
            name = kept._document_key("a.txt", "a" * 64)
            cache.put("document", name, b"not what it was")
        assert kept.documents_held([("a.txt", "a" * 64)]) == {"a.txt"}
        assert kept.document("a.txt", "a" * 64) is None


def test_the_revision_knows_all_that_findings_come_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    package = Path(revision.__file__).parent

    def digests(change: str = "") -> tuple[str, str]:
        copy = tmp_path / f"copy{len(list(tmp_path.iterdir()))}"
        shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
        if change.endswith(".npz"):
            with np.load(copy / change) as arrays:
                values = dict(arrays)
            name = min(values)
            np.savez(copy / change, **{**values, name: np.asarray(values[name] + 1, values[name].dtype)})
        elif change:
            with (copy / change).open("a") as file:
                file.write("\n")
        monkeypatch.setattr(revision, "_PACKAGE", copy)
        revision.reading.cache_clear()
        revision.analysis.cache_clear()
        found = revision.reading(), revision.analysis()
        shutil.rmtree(copy)
        return found

    try:
        reading, analysis = digests()
        assert digests() == (reading, analysis)
        assert digests("cli/main.py") == (reading, analysis)
        for module in ("readers/pdf.py", "normalise.py", "model.py"):
            changed = digests(module)
            assert changed[0] != reading and changed[1] != analysis
        for module in ("checks/names.py", "matching/judge.npz", "guide/statements.py", "language/facts.py"):
            changed = digests(module)
            assert changed[0] == reading and changed[1] != analysis
    finally:
        revision.reading.cache_clear()
        revision.analysis.cache_clear()


def test_keys_are_as_long_as_digests() -> None:
    assert len(key("a")) == 32
