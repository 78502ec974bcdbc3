"""The words of the report: what rules, changes, severities and layers are called for people who never met them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleWords:
    """`title` names the finding, `why` says why it matters, `mend` what to do."""

    title: str
    why: str
    mend: str


@dataclass(frozen=True, slots=True)
class Job:
    """Rules that call for the same work: `one` and `many` say it for a count of things."""

    id: str
    rules: tuple[str, ...]
    one: str
    many: str
    hint: str


RULES: dict[str, RuleWords] = {
    "message-drift": RuleWords(
        "Says something else than approved",
        "Readers take the figure or promise that they saw first for the true one. Two versions of it cost trust, and "
        "nobody has signed off one of them.",
        "Use the approved words, or other words with exactly the same meaning.",
    ),
    "message-wording": RuleWords(
        "Not in the exact approved words",
        "This message was approved word for word, as a rule because its limits were negotiated.",
        "Put in the approved wording as it stands.",
    ),
    "unapproved-claim": RuleWords(
        "A claim that nothing approved supports",
        "A promise without evidence behind it cannot be defended when a customer, a competitor or a regulator asks.",
        "Take it out, say only what is approved, or have it approved with a source.",
    ),
    "prohibited-claim": RuleWords(
        "May never be said",
        "The guide rules this statement out, in these words or any others.",
        "Take it out. Rewording does not help: it is the meaning that is ruled out.",
    ),
    "retired-message": RuleWords(
        "A message that was retired",
        "It was approved once and is no longer. It lives on in copies.",
        "Replace it with its successor, or take it out.",
    ),
    "wrong-audience": RuleWords(
        "A message for another audience",
        "The message is right, but it was approved for other readers than those of this document.",
        "Leave it out here, or have it approved for this audience.",
    ),
    "missing-message": RuleWords(
        "A required message is missing",
        "Documents of this kind have to carry this message.",
        "Add the message, in its approved words or in others with the same meaning.",
    ),
    "claim-expired": RuleWords(
        "A claim past its date",
        "The evidence behind this claim was good until a date that has passed.",
        "Take it out, or have the claim renewed with new evidence.",
    ),
    "missing-disclaimer": RuleWords(
        "A claim without its disclaimer",
        "The claim was approved on condition that its note stands in the same document.",
        "Add the note to this document.",
    ),
    "missing-boilerplate": RuleWords(
        "Required text is missing", "Documents of this kind have to carry this text.", "Add the text, word for word."
    ),
    "boilerplate-drift": RuleWords(
        "Standard text was altered",
        "Standard text has been checked word for word. A change can change what it means in law.",
        "Put in the approved text as it stands.",
    ),
    "definition-drift": RuleWords(
        "A term defined in another way",
        "When two departments mean different things by one word, their figures cannot be compared.",
        "Use the agreed definition.",
    ),
    "brand-name": RuleWords(
        "A name written wrongly",
        "A name in several spellings looks careless and is harder to protect.",
        "Write the name as approved.",
    ),
    "retired-name": RuleWords("An earlier name", "Customers search for the name that they read.", "Use today's name."),
    "trademark": RuleWords(
        "The trademark sign is missing",
        "The first use in a document carries the sign; that is what keeps the mark.",
        "Add the sign at the first use.",
    ),
    "tagline-drift": RuleWords(
        "A tagline misquoted", "A tagline works by being the same every time.", "Put in the tagline word for word."
    ),
    "term": RuleWords(
        "A word that the guide replaces",
        "One thing, one word: it is easier to read, to translate and to search for.",
        "Use the preferred word.",
    ),
    "competitor-mention": RuleWords(
        "A competitor is named",
        "The guide asks not to name this company.",
        "Take the name out, or describe the alternative without it.",
    ),
    "conflicting-claims": RuleWords(
        "Two places disagree",
        "Different facts about the same thing: at most one of them is right, and the guide does not say which.",
        "Find out which is right, correct the other, and add the fact to the guide.",
    ),
    "brand-color": RuleWords(
        "A colour outside the brand",
        "The palette is how a document is recognised before it is read.",
        "Use the nearest colour of the palette.",
    ),
    "brand-font": RuleWords(
        "A font outside the brand",
        "The typeface is how a document is recognised before it is read.",
        "Use a typeface of the brand.",
    ),
    "brand-logo": RuleWords(
        "A logo outside the brand", "An altered or old logo weakens the mark.", "Use the current logo file."
    ),
}

JOBS: tuple[Job, ...] = (
    Job(
        "remove",
        ("prohibited-claim", "retired-message", "competitor-mention"),
        "Take out {n} statement that may not be used",
        "Take out {n} statements that may not be used",
        "Prohibited, retired, or about a competitor.",
    ),
    Job(
        "correct",
        ("message-drift", "claim-expired", "definition-drift"),
        "Correct {n} passage that says something else than what is approved",
        "Correct {n} passages that say something else than what is approved",
        "Changed figures, conditions, promises and definitions, and claims past their date.",
    ),
    Job(
        "settle",
        ("conflicting-claims",),
        "Settle {n} passage that disagrees with another",
        "Settle {n} passages that disagree with each other",
        "The guide is silent here, so someone has to find out what is true.",
    ),
    Job(
        "add",
        ("missing-disclaimer", "missing-boilerplate", "missing-message"),
        "Add {n} text that has to be there",
        "Add {n} texts that have to be there",
        "Disclaimers, legal lines and required messages.",
    ),
    Job(
        "approve",
        ("unapproved-claim", "wrong-audience"),
        "Have {n} claim approved, or leave it out",
        "Have {n} claims approved, or leave them out",
        "Nothing in the guide supports them, or they were approved for other readers.",
    ),
    Job(
        "restore",
        ("message-wording", "boilerplate-drift", "tagline-drift"),
        "Restore the exact words in {n} place",
        "Restore the exact words in {n} places",
        "Taglines, standard texts and messages that are approved word for word.",
    ),
    Job(
        "names",
        ("brand-name", "retired-name", "trademark", "term"),
        "Put right {n} name or word",
        "Put right {n} names and words",
        "Spelling, earlier names, trademark signs and preferred words: quick to do.",
    ),
    Job(
        "looks",
        ("brand-color", "brand-font", "brand-logo"),
        "Bring {n} colour, font or logo back to the brand",
        "Bring {n} colours, fonts and logos back to the brand",
        "How documents look rather than what they say.",
    ),
)

SEVERITIES = {"error": "Correct", "warning": "Review", "note": "Note", "off": "Off"}

CHANGES = {
    "entity": "another thing",
    "negation": "yes and no reversed",
    "timeframe": "time or date",
    "unit": "unit",
    "number": "number",
    "qualifier": "“up to”, “at least”, “about”",
    "strength": "how firm the promise is",
    "scope": "how far it reaches",
    "condition": "condition",
    "contradiction": "another statement",
}

LAYERS = {
    "body": "in the text",
    "notes": "in the speaker notes",
    "running": "in a header or footer",
    "description": "in a description (alt text, title)",
    "hidden": "in hidden content",
    "code": "in code",
}

STATUSES = {
    "read": "Read in full",
    "partly-read": "Read in part",
    "unread": "Could not be read",
    "skipped": "Skipped",
}

SECTIONS = {
    "messages": "Message",
    "claims": "Claim",
    "facts": "Fact",
    "taglines": "Tagline",
    "terms": "Preferred word",
    "competitors": "Competitor",
    "prohibited": "Never to be said",
    "retired": "Retired message",
    "definitions": "Definition",
    "boilerplate": "Standard text",
    "products": "Name",
    "company": "Name",
    "visual": "Brand look",
}


def rule_words(rule: str) -> RuleWords:
    """The words for `rule`; a rule that is not known here goes by its id."""
    return RULES.get(rule) or RuleWords(rule.replace("-", " ").capitalize(), "", "")


def job_of(rule: str) -> str:
    return next((job.id for job in JOBS if rule in job.rules), "correct")
