"""The words of the report: what jobs, changes, severities and layers are called for people who never met them.

What rules are called, why they matter and how to mend them stands with the rules.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgcheck.checks.rules import RULES


@dataclass(frozen=True, slots=True)
class Job:
    """Rules that call for the same work: `one` and `many` say it for a count of things."""

    id: str
    rules: tuple[str, ...]
    one: str
    many: str
    hint: str


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
    "qualifier": "limit (“up to”, “at least”, “about”)",
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


def title_of(rule: str) -> str:
    """What `rule` is called; one that is not known goes by its id."""
    known = RULES.get(rule)
    return known.title if known else rule.replace("-", " ").capitalize()
