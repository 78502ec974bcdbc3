"""What each rule is: its id, default severity, family and documentation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from msgcheck.model import Severity

Family = Literal["meaning", "presence", "verbatim", "names", "terms", "visual"]

SECTIONS = ("What it finds", "Why it matters", "Example", "How to fix")
"""The headings of every rule's documentation, in their order."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `title` is what people call it who never met it, `says` what a finding of it says, in half a sentence;
    `checked` is False for what is planned.
    """

    id: str
    severity: Severity
    family: Family
    title: str
    says: str
    checked: bool = True

    @property
    def doc(self) -> str:
        """Its documentation in Markdown: the title, then the four `SECTIONS` as headings of the second level.

        The one source for `msgcheck explain`, the help of SARIF and HTML reports, and the docs.
        """
        return _document(self.id)

    def section(self, heading: str) -> str:
        """The text under one of `SECTIONS`."""
        _, _, rest = self.doc.partition(f"## {heading}\n")
        return rest.partition("\n## ")[0].strip()


@lru_cache(maxsize=64)
def _document(rule: str) -> str:
    return files("msgcheck.checks").joinpath("docs", f"{rule}.md").read_text("utf-8")


_RULES = (
    Rule("message-drift", "error", "meaning", "Says something else than approved",
         "a passage restates an approved message or claim with another meaning"),
    Rule("message-wording", "warning", "meaning", "Not in the exact approved words",
         "a message that must be verbatim is attempted in other words"),
    Rule("unapproved-claim", "warning", "meaning", "A claim that nothing approved supports",
         "a passage promises something that nothing in the guide supports"),
    Rule("prohibited-claim", "error", "meaning", "May never be said",
         "a passage says what may never be said"),
    Rule("retired-message", "error", "meaning", "A message that was retired",
         "a passage uses a message that has been retired"),
    Rule("wrong-audience", "warning", "meaning", "A message for another audience",
         "a message is used for an audience that it was not approved for"),
    Rule("missing-message", "warning", "presence", "A required message is missing",
         "a kind of collateral lacks a message that it must carry"),
    Rule("claim-expired", "error", "meaning", "A claim past its date",
         "an approved claim is used after its date"),
    Rule("missing-disclaimer", "error", "presence", "A claim without its disclaimer",
         "a claim is used and its disclaimer is not in the document"),
    Rule("missing-boilerplate", "error", "presence", "Required text is missing",
         "required boilerplate is absent"),
    Rule("boilerplate-drift", "error", "verbatim", "Standard text was altered",
         "boilerplate is there in altered words"),
    Rule("definition-drift", "error", "meaning", "A term defined in another way",
         "a defined term is defined otherwise"),
    Rule("brand-name", "error", "names", "A name written wrongly",
         "a company or product name is written wrongly"),
    Rule("retired-name", "error", "names", "An earlier name",
         "an earlier product name is used"),
    Rule("trademark", "warning", "names", "The trademark sign is missing",
         "the first use of a marked name lacks its mark"),
    Rule("tagline-drift", "error", "verbatim", "A tagline misquoted",
         "a tagline is misquoted"),
    Rule("term", "warning", "terms", "A word that the guide replaces",
         "a word that the guide replaces"),
    Rule("competitor-mention", "error", "names", "A competitor is named",
         "a competitor is named (by the guide's policy: error or warning)"),
    Rule("conflicting-claims", "warning", "meaning", "Two places disagree",
         "two places give different facts about the same thing"),
    Rule("brand-color", "warning", "visual", "A colour outside the brand",
         "a colour outside the brand's palette"),
    Rule("brand-font", "warning", "visual", "A font outside the brand",
         "a font that is not the brand's"),
    Rule("brand-logo", "warning", "visual", "A logo outside the brand",
         "a logo outside the brand's own", checked=False),
)

RULES: dict[str, Rule] = {rule.id: rule for rule in _RULES}

PRECEDENCE = (
    "prohibited-claim", "retired-message", "message-drift", "boilerplate-drift", "tagline-drift", "definition-drift",
    "claim-expired", "message-wording", "wrong-audience", "unapproved-claim", "conflicting-claims",
)
"""Rules of which a passage gets at most one finding, the first of these; the others stand in its `also`."""
