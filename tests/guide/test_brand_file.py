"""Brand files in the brand.yml standard: what is taken from them, and how what is wrong in them is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from msgcheck.errors import GuideError
from msgcheck.guide.brand import brand_of, read_brand
from msgcheck.pipeline import guide_of
from msgcheck.settings import Settings

FULL = b"""\
meta: {name: Larkfield Ovens}
logo: marks/larkfield.svg
color:
  palette:
    crust: "#b5651d"
    leaf: "#0a5"
    green: leaf
    sky: rgb(10, 20, 30)
    tomato: tomato
    water: "hsl(240, 100%, 50%)"
  foreground: "#1B2A49"
  primary: green
  background: {light: "#FBF3E4", dark: "#111111"}
typography:
  fonts:
    - {family: Source Sans 3, source: google, weight: [400, 700]}
    - {family: Playfair Display, source: file, files: [{path: fonts/p.ttf}]}
  base: {family: Source Sans 3, size: 16px}
  headings: Playfair Display
  monospace: "'Fira Mono', monospace"
  link: {color: "#884400"}
defaults: {anything: [1, 2]}
"""


def test_colours_by_name_and_families_once_each() -> None:
    brand = read_brand(FULL, "_brand.yml")
    assert dict(brand.colors) == {
        "crust": "#B5651D", "leaf": "#00AA55", "sky": "#0A141E", "tomato": "#FF6347", "water": "#0000FF",
        "foreground": "#1B2A49", "background": "#FBF3E4", "link color": "#884400",
    }
    assert brand.families == ("Source Sans 3", "Playfair Display", "Fira Mono")
    assert len(brand.sha256) == 64


@pytest.mark.parametrize(("text", "line", "what"), [
    (b"color:\n  palette:\n    leaf: grene\n", 3, "'grene' is neither a colour"),
    (b"color:\n  palette: {a: '#fff'}\n  primary: b\n", 3, "'b' is neither a colour"),
    (b"color: [red]\n", 1, "`color` has to be a mapping"),
    (b"typography:\n  base: 12\n", 2, "`base` has to name a font family"),
    (b"color: {palette: [\n", 2, "no valid YAML"),
    (b"- color\n", 0, "has to be a mapping"),
    (b"\xff\xfe\x00", 0, "no valid YAML"),
])
def test_what_is_wrong_is_told_with_its_line(text: bytes, line: int, what: str) -> None:
    with pytest.raises(GuideError) as caught:
        read_brand(text, "_brand.yml")
    (problem,) = caught.value.problems
    assert what in problem.what
    assert problem.line == line and problem.file == "_brand.yml"


def test_a_palette_in_a_circle_ends() -> None:
    with pytest.raises(GuideError):
        read_brand(b"color: {palette: {one: two, two: one}}\n", "_brand.yml")


def test_the_file_lies_beside_the_guide_or_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "_brand.yml").write_bytes(FULL)
    (tmp_path / "guide.yaml").write_text("msgcheck: 1\n")
    assert brand_of(str(tmp_path / "guide.yaml"), "_brand.yml") == brand_of(str(tmp_path), "_brand.yml")
    with pytest.raises(GuideError, match="cannot be read"):
        brand_of(str(tmp_path), "absent.yml")


def test_a_run_reads_the_brand_file_and_results_depend_on_it(tmp_path: Path) -> None:
    (tmp_path / "guide.yaml").write_text("msgcheck: 1\nfacts: [Founded in Sligo in 1974.]\nvisual: _brand.yml\n")
    settings = Settings(tmp_path / "guide.yaml", tmp_path)
    with pytest.raises(GuideError, match=r"_brand\.yml"):
        guide_of(settings)
    (tmp_path / "_brand.yml").write_bytes(FULL)
    before = guide_of(settings)
    assert before.brand is not None and ("crust", "#B5651D") in before.brand.colors
    (tmp_path / "_brand.yml").write_bytes(FULL.replace(b"#b5651d", b"#b5651e"))
    after = guide_of(settings)
    assert after.sha256 == before.sha256 and after.revision != before.revision
