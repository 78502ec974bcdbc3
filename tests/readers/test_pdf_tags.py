"""The structure of a tagged PDF is followed where it agrees with what is seen, and left where it does not."""

from __future__ import annotations

from msgcheck.readers.pdf_layout import columns_of
from msgcheck.readers.pdf_lines import lines_of
from msgcheck.readers.pdf_paragraphs import Paragraph, is_sound, paragraphs_of
from msgcheck.readers.pdf_tags import Tag
from msgcheck.readers.pdf_words import Style, Word

TEXTS = [
    "The lamp of the lighthouse is lit at dusk by one of the",
    "keepers, who then stays with it until the morning comes",
    "Fog is announced with the horn, which has to be wound up",
    "every twenty minutes by hand for as long as the fog stays",
]


def words(marks: list[int]) -> list[Word]:
    """The lines of TEXTS at even distances, each as the marked content told."""
    found = []
    for row, (text, mark) in enumerate(zip(TEXTS, marks, strict=True)):
        left = 50.0
        for word in text.split():
            style = Style("Serif", 10.0, False, False, (0, 0, 0), 0, 0, mark, False)
            found.append(Word(word, left, left + 5 * len(word), 100 + 12.0 * row, style, True, len(found)))
            left += 5 * len(word) + 2.5
    return found


def paragraphs(marks: list[int], tags: dict[int, Tag]) -> list[str]:
    (column,) = columns_of(lines_of(words(marks)), (), 10.0)
    return [part.text for part in paragraphs_of(column, 1, 0, tags) if isinstance(part, Paragraph)]


def sound(marks: list[int], tags: dict[int, Tag]) -> bool:
    columns = [paragraphs_of(column, 1) for column in columns_of(lines_of(words(marks)), (), 10.0)]
    return is_sound(columns, tags)


def test_without_tags_lines_at_even_distances_are_one_paragraph() -> None:
    assert paragraphs([-1] * 4, {}) == ["\n".join(TEXTS)]


def test_tags_part_paragraphs_that_look_like_one() -> None:
    tags = {0: Tag(1, "P"), 1: Tag(1, "P"), 2: Tag(2, "P"), 3: Tag(2, "P")}
    assert paragraphs([0, 1, 2, 3], tags) == ["\n".join(TEXTS[:2]), "\n".join(TEXTS[2:])]


def test_tags_that_make_every_line_a_paragraph_are_not_sound() -> None:
    assert not sound([0, 1, 2, 3], {mark: Tag(mark, "P") for mark in range(4)})
    assert sound([0, 1, 2, 3], {mark: Tag(7, "P") for mark in range(4)})


def test_tags_of_few_lines_are_not_sound() -> None:
    assert not sound([0, -1, -1, -1], {0: Tag(1, "P")})
