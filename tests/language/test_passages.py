import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from msgcheck.language.passages import passages
from msgcheck.model import Block, BlockKind, Document, Layer, Location
from msgcheck.normalise import normalise


def block(text: str, kind: BlockKind = "paragraph", layer: Layer = "body") -> Block:
    return Block(text, normalise(text).text, kind, layer, Location("document"))


def document(*blocks: Block) -> Document:
    return Document("a.txt", "text", "0" * 64, "read", blocks=blocks)


def texts(*blocks: Block) -> list[str]:
    return [passage.text for passage in passages(document(*blocks))]


def test_a_paragraph_is_read_sentence_by_sentence_as_it_is_quoted() -> None:
    quoted = "The  bar-\nrels are\u00a0of ﬁr. They\nlast."
    found = passages(document(block(quoted)))
    assert [passage.text for passage in found] == ["The  bar-\nrels are\u00a0of ﬁr.", "They\nlast."]
    assert [passage.normal for passage in found] == ["The barrels are of fir.", "They last."]


def test_other_blocks_are_whole() -> None:
    assert texts(block("Why wait? Start now.", "heading")) == ["Why wait? Start now."]
    assert texts(block("Oak 4 years. Best kept dry.", "table-row")) == ["Oak 4 years. Best kept dry."]


def test_a_list_item_of_full_sentences_is_running_text_and_one_of_fragments_is_not() -> None:
    full = block("We deliver on any weekday. You sign for it online.", "list-item")
    assert texts(full) == ["We deliver on any weekday.", "You sign for it online."]
    assert texts(block("Leaking? Ask the cooper to come by", "list-item")) == ["Leaking? Ask the cooper to come by"]
    assert texts(block("Sturdy. Light. Dry.", "list-item")) == ["Sturdy. Light. Dry."]


def test_notes_and_captions_are_running_text() -> None:
    assert texts(block("Smile first. Then wait.", "note", "notes")) == ["Smile first.", "Then wait."]
    assert texts(block("The yard. Photo: Ida.", "caption")) == ["The yard.", "Photo: Ida."]


def test_blocks_without_words_and_code_have_no_passage() -> None:
    assert texts(block("– – –"), block(""), block("x = 1. Y = 2.", layer="code")) == []


def test_before_is_the_passage_before_it_in_its_own_layer() -> None:
    found = passages(document(
        block("The cask is new. It holds."), block("Say hello.", "note", "notes"), block("Why it holds", "heading"),
    ))
    assert [(passage.normal, passage.before) for passage in found] == [
        ("The cask is new.", ""), ("It holds.", "The cask is new."), ("Say hello.", ""), ("Why it holds", "It holds."),
    ]


def test_an_accent_at_the_end_stays_with_its_letter() -> None:
    decomposed = unicodedata.normalize("NFD", "Visit the café")
    (found,) = passages(document(block(decomposed)))
    assert found.text == decomposed


@given(st.lists(st.text(st.sampled_from("Ab .?!\n\u00ad-\u00a0é\u0301ﬁ“”(1…"), max_size=40), max_size=4))
def test_passages_point_at_their_own_words_in_order_and_apart(parts: list[str]) -> None:
    made = document(*map(block, parts))
    last: dict[int, int] = {}
    for passage in passages(made, "xx"):
        assert made.blocks[passage.block].text[passage.start : passage.end] == passage.text
        assert passage.start >= last.get(passage.block, 0)
        assert passage.start < passage.end
        last[passage.block] = passage.end
