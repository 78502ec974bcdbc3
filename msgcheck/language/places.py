"""Countries and the areas that they lie in, by their names, adjectives and abbreviations.

The states of Europe and the larger ones elsewhere; areas are the usual ones of trade and regulation. Members of the EU,
the EEA and the euro area as of 2026. A place that is not in the table is known by its name alone.
"""

from __future__ import annotations

_COUNTRIES: tuple[tuple[str, str, str], ...] = (
    # name, other names and adjectives, areas (E Europe, U EU, A EEA beside the EU, € euro, D DACH, S Scandinavia,
    # N Nordic, L Benelux, B Baltic, G Great Britain, K United Kingdom, I British Isles, R Iberia, M North America,
    # T Latin America, P Asia, F Africa, O Oceania)
    ("Germany", "german germans", "EU€D"), ("Austria", "austrian austrians", "EU€D"),
    ("Switzerland", "swiss", "ED"), ("Liechtenstein", "", "EA"), ("France", "french", "EU€"),
    ("Belgium", "belgian belgians", "EU€L"), ("Netherlands", "dutch holland", "EU€L"),
    ("Luxembourg", "luxembourgish", "EU€L"), ("Italy", "italian italians", "EU€"),
    ("Spain", "spanish", "EU€R"), ("Portugal", "portuguese", "EU€R"), ("Ireland", "irish", "EU€I"),
    ("Denmark", "danish danes", "EUSN"), ("Sweden", "swedish swedes", "EUSN"),
    ("Norway", "norwegian norwegians", "EASN"), ("Finland", "finnish finns", "EU€N"),
    ("Iceland", "icelandic", "EAN"), ("Estonia", "estonian", "EU€B"), ("Latvia", "latvian", "EU€B"),
    ("Lithuania", "lithuanian", "EU€B"), ("Poland", "polish poles", "EU"),
    ("Czechia", "czech|czech republic", "EU"), ("Slovakia", "slovak", "EU€"), ("Hungary", "hungarian", "EU"),
    ("Slovenia", "slovenian", "EU€"), ("Croatia", "croatian", "EU€"), ("Romania", "romanian", "EU"),
    ("Bulgaria", "bulgarian", "EU€"), ("Greece", "greek greeks", "EU€"), ("Cyprus", "cypriot", "EU€"),
    ("Malta", "maltese", "EU€"), ("Serbia", "serbian", "E"), ("Ukraine", "ukrainian", "E"),
    ("Turkey", "turkish türkiye", "E"), ("Russia", "russian", "E"), ("Monaco", "", "E"),
    ("England", "english", "EGKI"), ("Scotland", "scottish scots", "EGKI"), ("Wales", "welsh", "EGKI"),
    ("Northern Ireland", "|northern irish", "EKI"), ("United States", "us usa america american americans|u.s.", "M"),
    ("Canada", "canadian canadians", "M"), ("Mexico", "mexican", "MT"), ("Brazil", "brazilian", "T"),
    ("Argentina", "argentinian argentine", "T"), ("Chile", "chilean", "T"), ("Colombia", "colombian", "T"),
    ("Peru", "peruvian", "T"), ("Japan", "japanese", "P"), ("China", "chinese", "P"), ("India", "indian", "P"),
    ("South Korea", "korean korea", "P"), ("Singapore", "singaporean", "P"), ("Taiwan", "taiwanese", "P"),
    ("Thailand", "thai", "P"), ("Vietnam", "vietnamese", "P"), ("Indonesia", "indonesian", "P"),
    ("Malaysia", "malaysian", "P"), ("Israel", "israeli", "P"), ("Saudi Arabia", "saudi", "P"),
    ("United Arab Emirates", "uae emirati", "P"), ("Australia", "australian australians", "O"),
    ("New Zealand", "", "O"), ("South Africa", "|south african", "F"), ("Egypt", "egyptian", "F"),
    ("Kenya", "kenyan", "F"), ("Nigeria", "nigerian", "F"), ("Morocco", "moroccan", "F"),
)
_AREAS: tuple[tuple[str, str, str], ...] = (
    # name, other names, all letters of which one puts a country into it
    ("Europe", "european europeans continent", "E"), ("EU", "|european union|e.u.", "U"),
    ("EEA", "|european economic area", "UA"), ("euro area", "eurozone|euro zone", "€"), ("DACH", "d-a-ch", "D"),
    ("Scandinavia", "scandinavian", "S"), ("Nordics", "nordic|nordic countries", "N"), ("Benelux", "", "L"),
    ("Baltics", "baltic|baltic states", "B"), ("Great Britain", "gb", "G"),
    ("United Kingdom", "uk british britain|u.k.", "K"), ("British Isles", "", "I"), ("Iberia", "iberian", "R"),
    ("North America", "|north american", "M"), ("Latin America", "|latin american", "T"), ("Asia", "asian", "P"),
    ("Africa", "african", "F"), ("Oceania", "", "O"),
)
_WORLD = ("world", "worldwide", "globe", "earth")


def _names(name: str, others: str) -> list[str]:
    single, *long = others.split("|")              # single words, then what has several
    return [name.casefold(), *single.split(), *long]


_KNOWN = {word: name for name, others, _ in (*_COUNTRIES, *_AREAS) for word in _names(name, others)}
_KNOWN |= dict.fromkeys(_WORLD, "world")
_MEMBERS: dict[str, frozenset[str]] = {
    area: frozenset(name for name, _, own in _COUNTRIES if set(own) & set(letters)) for area, _, letters in _AREAS
}


def place(name: str) -> str:
    """The one name of a place by any of its names ("Swiss" → "Switzerland"); '' for what is no place of the table."""
    words = name.casefold().replace("the ", "").removesuffix("'s").strip()
    return _KNOWN.get(words, "")


def lies_in(inner: str, outer: str) -> bool:
    """Whether all of `inner` lies in `outer`; both as `place` gives them."""
    if inner == outer:
        return True
    if outer == "world":
        return True
    members = _MEMBERS.get(outer, frozenset())
    if inner in _MEMBERS:
        return _MEMBERS[inner] <= members
    return inner in members
