from __future__ import annotations

from msgcheck.model import Document
from msgcheck.readers import ReadOptions, read

SRT = """1
00:00:01,000 --> 00:00:03,500
<i>We build pumps that</i>
{\\an8}run quietly

2
00:00:03,600 --> 00:00:05,000
all night long. They last.

3
00:01:10,000 --> 00:01:12,000
No end to this one
4
00:01:20,000 --> 00:01:22,000
After a pause &amp; more

5
01:00:00,000 --> 01:00:02,000
- Who asks?
- I do.
"""

VTT = """WEBVTT - Filetitle
Kind: captions

STYLE
::cue { color: white }

NOTE
Notetext

NOTE Inlinenote

intro
00:01.000 --> 00:02.000 align:start position:10%
<v Speakername>Hello <00:01.500><c.loud>there</c>,

00:02.100 --> 00:03.000
friends!
"""


def as_read(text: str, name: str) -> Document:
    return read(text.encode(), name, ReadOptions(recognise_language=False))


def test_cues_are_joined_to_sentences_with_their_time() -> None:
    found = [(block.text, block.location.label) for block in as_read(SRT, "film.srt").blocks]
    assert found == [
        ("We build pumps that\nrun quietly\nall night long. They last.", "line 3, at 00:00:01"),
        ("No end to this one", "line 12, at 00:01:10"),
        ("After a pause & more", "line 15, at 00:01:20"),
        ("Who asks?", "line 19, at 01:00:00"),
        ("I do.", "line 20, at 01:00:00"),
    ]


def test_webvtt_notes_are_hidden_and_styles_are_not_read() -> None:
    found = [(block.text, block.layer, block.location.label) for block in as_read(VTT, "film.vtt").blocks]
    assert found == [
        ("Notetext", "hidden", "line 7, note"),
        ("Inlinenote", "hidden", "line 10, note"),
        ("Hello there,\nfriends!", "body", "line 14, at 00:01"),
    ]


def test_what_has_no_cues_has_no_text() -> None:
    assert [reason.code for reason in as_read("just words", "film.srt").reasons] == ["no-text"]
