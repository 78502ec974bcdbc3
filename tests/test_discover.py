"""What a run is about: names, order, and what is passed over."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from msgcheck.discover import Found, discover
from msgcheck.errors import UsageError


def make(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"words")


def names(found: Found) -> list[str]:
    return [source.name for source in found.sources]


def passed(found: Found) -> dict[str, tuple[str, str]]:
    return {one.name: (one.status, one.reasons[0].code) for one in found.passed_over}


def test_names_are_relative_to_the_root_in_one_order_whatever_the_order_of_paths(tmp_path: Path) -> None:
    make(tmp_path, "sales/b.pptx", "sales/a.docx", "marketing/z.pdf", "marketing/web/index.html")
    one = discover((tmp_path / "sales", tmp_path / "marketing"), tmp_path)
    other = discover((tmp_path / "marketing/z.pdf", tmp_path / "marketing", tmp_path / "sales"), tmp_path)
    assert names(one) == ["marketing/web/index.html", "marketing/z.pdf", "sales/a.docx", "sales/b.pptx"]
    assert one == other


def test_a_file_has_one_name_however_it_was_handed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "root/sales/a.pdf")
    monkeypatch.chdir(tmp_path / "root" / "sales")
    assert names(discover((Path("a.pdf"),), tmp_path / "root")) == ["sales/a.pdf"]
    assert names(discover((Path("../sales/./a.pdf"), Path("..")), Path(".."))) == ["sales/a.pdf"]


def test_a_name_is_in_nfc(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "café.pdf")
    make(tmp_path, decomposed)
    assert names(discover((tmp_path,), tmp_path)) == ["café.pdf"]


def test_a_name_that_is_no_utf8_is_written_out(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.pdf"
    Path(os.fsdecode(raw)).write_bytes(b"words")
    assert names(discover((tmp_path,), tmp_path)) == ["caf\\xe9.pdf"]


def test_a_file_outside_the_root_goes_by_its_file_name(tmp_path: Path) -> None:
    make(tmp_path, "root/x.pdf", "elsewhere/deep/y.pdf")
    assert names(discover((tmp_path,), tmp_path / "root")) == ["x.pdf", "y.pdf"]


def test_two_files_of_one_name_ask_for_a_root(tmp_path: Path) -> None:
    make(tmp_path, "root/x.txt", "a/offer.pdf", "b/offer.pdf")
    with pytest.raises(UsageError) as raised:
        discover((tmp_path / "a", tmp_path / "b"), tmp_path / "root")
    assert "offer.pdf" in raised.value.what
    assert "--root" in raised.value.mend


def test_lock_files_and_other_formats_are_told_of_and_dot_folders_not_entered(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf", "~$deck.pptx", ".hidden.docx", "logo.png", ".git/readme.md")
    found = discover((tmp_path,), tmp_path)
    assert names(found) == ["a.pdf"]
    assert passed(found) == {
        "~$deck.pptx": ("skipped", "lock-file"), ".hidden.docx": ("skipped", "lock-file"),
        "logo.png": ("skipped", "other-format"),
    }


def strays(found: Found) -> set[str]:
    return {document.name for document in found.passed_over if document.stray}


def test_what_is_met_in_a_folder_is_stray_where_nobody_wants_it_and_what_is_named_never(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf", "~$deck.pptx", "logo.png", "fonts/x.woff", "old/b.pdf")
    (tmp_path / "folder").symlink_to(tmp_path / "fonts")
    found = discover((tmp_path,), tmp_path, ("old", "fonts"))
    assert strays(found) == {"~$deck.pptx", "logo.png", "fonts/x.woff", "old/b.pdf"}
    assert set(passed(found)) - strays(found) == {"folder"}
    named = tuple(tmp_path / name for name in ("logo.png", "fonts/x.woff", "~$deck.pptx", "old/b.pdf"))
    for paths in ((tmp_path, *named), (*named, tmp_path)):
        assert strays(discover(paths, tmp_path, ("old", "fonts"))) == set()
        assert passed(discover(paths, tmp_path, ("old", "fonts"))) == passed(found)


@pytest.mark.parametrize("pattern", ["drafts", "drafts/", "drafts/**", "**/old.pdf", "old.pdf", "sales/drafts/*.pdf"])
def test_exclude_names_a_document_its_tail_or_a_folder_above(tmp_path: Path, pattern: str) -> None:
    make(tmp_path, "sales/drafts/old.pdf", "sales/bold.pdf")
    found = discover((tmp_path,), tmp_path, (pattern,))
    assert names(found) == ["sales/bold.pdf"]
    assert passed(found) == {"sales/drafts/old.pdf": ("skipped", "excluded")}


def test_a_link_out_of_the_root_is_skipped_given_or_found(tmp_path: Path) -> None:
    make(tmp_path, "secret/plan.pdf", "root/a.pdf")
    (tmp_path / "root/link.pdf").symlink_to(tmp_path / "secret/plan.pdf")
    (tmp_path / "root/folder").symlink_to(tmp_path / "secret")
    found = discover((tmp_path / "root",), tmp_path / "root")
    assert names(found) == ["a.pdf"]
    assert passed(found) == {"link.pdf": ("skipped", "link-out-of-root"), "folder": ("skipped", "linked-folder")}
    given = discover((tmp_path / "root/link.pdf", tmp_path / "root/a.pdf"), tmp_path / "root")
    assert passed(given) == {"link.pdf": ("skipped", "link-out-of-root")}
    folder = discover((tmp_path / "root/folder", tmp_path / "root/a.pdf"), tmp_path / "root")
    assert passed(folder) == {"folder": ("skipped", "link-out-of-root")}


def test_a_link_within_the_root_is_a_document_of_its_own(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf")
    (tmp_path / "b.pdf").symlink_to(tmp_path / "a.pdf")
    assert names(discover((tmp_path,), tmp_path)) == ["a.pdf", "b.pdf"]


def test_links_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.pdf").symlink_to(tmp_path / "self.pdf")
    found = discover((tmp_path, tmp_path / "self.pdf"), tmp_path)
    assert names(found) == ["a.pdf", "self.pdf"]
    assert passed(found) == {"loop": ("skipped", "linked-folder")}


def test_a_folder_with_the_name_of_a_document_is_unread(tmp_path: Path) -> None:
    make(tmp_path, "x.pdf/inner.pdf", "a.pdf")
    for paths in ((tmp_path,), (tmp_path / "x.pdf", tmp_path / "a.pdf")):
        found = discover(paths, tmp_path)
        assert names(found) == ["a.pdf"]
        assert passed(found) == {"x.pdf": ("unread", "not-a-file")}


def test_a_folder_that_may_not_be_opened_is_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "shut/a.pdf", "open/b.pdf")
    scan = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = discover((tmp_path,), tmp_path)
    assert names(found) == ["open/b.pdf"]
    assert passed(found) == {"shut": ("unread", "no-permission")}


def test_an_empty_folder_beside_others_is_told_of(tmp_path: Path) -> None:
    make(tmp_path, "full/a.pdf")
    (tmp_path / "empty").mkdir()
    found = discover((tmp_path / "empty", tmp_path / "full"), tmp_path)
    assert passed(found) == {"empty": ("skipped", "empty-folder")}


@pytest.mark.parametrize("content", [(), ("logo.png",), ("~$x.docx",), (".x.pdf",)])
def test_nothing_to_check_is_an_error(tmp_path: Path, content: tuple[str, ...]) -> None:
    make(tmp_path, *content)
    with pytest.raises(UsageError) as raised:
        discover((tmp_path,), tmp_path)
    assert str(tmp_path) in raised.value.where
    assert ".pdf" in raised.value.mend


@pytest.mark.parametrize(
    ("exclude", "told"),
    [(("docs/*",), "'docs/*' excludes"), (("*.png", "a.md", "nothing", "b.*"), "'a.md' and 'b.*' exclude")],
)
def test_a_folder_of_which_nothing_is_left_is_an_error_that_names_the_patterns(
    tmp_path: Path, exclude: tuple[str, ...], told: str
) -> None:
    make(tmp_path, "docs/a.md", "docs/b.pdf", "docs/logo.png")
    (tmp_path / "docs/link").symlink_to(tmp_path)
    with pytest.raises(UsageError) as raised:
        discover((tmp_path / "docs",), tmp_path, exclude)
    assert told in raised.value.what
    assert raised.value.where == str(tmp_path / "docs")
    assert strays(discover((tmp_path / "docs",), tmp_path, exclude, none_left=True)) >= {"docs/a.md", "docs/b.pdf"}


def test_files_that_are_named_may_all_be_excluded(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "b.pdf")
    found = discover((tmp_path / "a.md", tmp_path / "b.pdf"), tmp_path, ("*",))
    assert (names(found), len(found.passed_over)) == ([], 2)


def test_where_only_other_formats_are_excluded_no_pattern_is_blamed(tmp_path: Path) -> None:
    make(tmp_path, "logo.png")
    with pytest.raises(UsageError) as raised:
        discover((tmp_path,), tmp_path, ("*.jpg", "*.png"))
    assert "png" not in str(raised.value).replace(str(tmp_path), "")


def test_what_is_excluded_does_not_hide_what_is_unread(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "x.pdf/inner.pdf")
    found = discover((tmp_path,), tmp_path, ("*.md",))
    assert passed(found)["x.pdf"] == ("unread", "not-a-file")


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        discover((tmp_path / "nowhere.pdf",), tmp_path)


def test_reports_of_this_run_are_no_collateral(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf", "report.html")
    assert names(discover((tmp_path,), tmp_path, (), (tmp_path / "report.html",))) == ["a.pdf"]
