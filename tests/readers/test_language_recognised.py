"""The language of a document, and when it is better not to name one. The texts are the Universal Declaration's first
article (United Nations, public domain) and plain sentences.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from msgcheck.model import Layer, Location
from msgcheck.readers.blocks import make_block
from msgcheck.readers.language import recognise

ARTICLES = {
    "de": (
        "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und "
        "Gewissen begabt und sollen einander im Geiste der Brüderlichkeit begegnen."
    ),
    "fr": (
        "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de "
        "raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité."
    ),
    "es": (
        "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de "
        "razón y conciencia, deben comportarse fraternalmente los unos con los otros."
    ),
    "it": (
        "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Essi sono dotati di "
        "ragione e di coscienza e devono agire gli uni verso gli altri in spirito di fratellanza."
    ),
    "nl": (
        "Alle mensen worden vrij en gelijk in waardigheid en rechten geboren. Zij zijn begiftigd met "
        "verstand en geweten, en behoren zich jegens elkander in een geest van broederschap te gedragen."
    ),
    "pl": (
        "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni "
        "obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa."
    ),
    "sv": (
        "Alla människor är födda fria och lika i värde och rättigheter. De har utrustats med förnuft och "
        "samvete och bör handla gentemot varandra i en anda av gemenskap."
    ),
    "ja": (
        "すべての人間は、生れながらにして自由であり、かつ、尊厳と権利とについて平等である。人間は、理性と良心"
        "とを授けられており、互いに同胞の精神をもって行動しなければならない。"
    ),
    "ru": (
        "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и "
        "совестью и должны поступать в отношении друг друга в духе братства."
    ),
    "en": (
        "All human beings are born free and equal in dignity and rights. They are endowed with reason "
        "and conscience and should act towards one another in a spirit of brotherhood."
    ),
}
LABELS = "Pump 40\nMotor unit\nWeight 12 kg\nOutput 9 kW\nNoise 31 dB\nCable length 2 m\nHousing: cast iron\nPaint\n"


def told(text: str, layer: Layer = "body", times: int = 2) -> str | None:
    block = make_block(text, "paragraph", layer, Location("line", 1, "line 1"))
    return recognise([block] * times if block else [])


@pytest.mark.parametrize("code", ARTICLES)
def test_languages(code: str) -> None:
    assert told(ARTICLES[code]) == code


@pytest.mark.parametrize("text", ["Pompe 40", "Guten Tag", "", "12345 67890 " * 40, "Ütz brül wom krx " * 6])
def test_too_little_to_tell(text: str) -> None:
    assert told(text) is None


def test_labels_in_english_are_never_taken_for_another_language() -> None:
    assert told(LABELS) in ("en", None)
    assert told(LABELS * 5) in ("en", None)


def test_what_nobody_sees_does_not_count() -> None:
    german, english = (
        make_block(ARTICLES[code] * 3, "paragraph", layer, Location("line", 1, "line 1"))
        for code, layer in (("de", "hidden"), ("en", "body"))
    )
    assert german is not None
    assert english is not None
    assert recognise([german, english]) == "en"
    assert recognise([german]) is None


def test_plain_english_loads_no_models() -> None:
    code = (
        "import sys; from msgcheck.readers import read; found = read(sys.argv[1].encode() * 3, 'a.txt'); "
        "assert found.language == 'en', found; assert 'lingua' not in sys.modules"
    )
    text = "The first of the two is for you and the other is with us, as it was on the day that we came to the house. "
    subprocess.run([sys.executable, "-c", code, text], check=True)
