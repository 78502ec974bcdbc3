"""The commented guide that `msgcheck init` writes to start from: every section once, its examples as comments."""

from __future__ import annotations

from collections.abc import Callable

_HEAD = """\
# yaml-language-server: $schema=guide.schema.json
# The approved messaging guide: what every brochure, deck and document is held against.
#
# Fill in what you have and delete the rest; nothing is required beyond the first line and one entry.
# Lines that begin with # are comments. `msgcheck guide check` says whether all is well, and where not.
# Texts go in quotes: then commas, colons and # inside them do no harm.

msgcheck: 1
language: en
"""

_BLOCKS: tuple[tuple[str, str], ...] = (
    (
        "company",
        """\
# Names: how they are written, and how not. Any other case of an approved name is wrong too.
company:
  name: {name}
  # aliases: [Short Name]                # other approved ways to write it
  # never: [ShortName]                   # wrong ways
""",
    ),
    (
        "products",
        """\
# products:
#   - id: product-one
#     name: Product One
#     mark: "®"                          # required on the first use in each document: ® ™ or ℠
#     never: [ProductOne]
#     retired: [Old Name]                # earlier names
#     except: ["formerly Old Name"]      # phrases inside which nothing of this entry is a finding
""",
    ),
    (
        "taglines",
        """\
# Quoted verbatim wherever they are attempted.
# taglines:
#   - {id: main, text: "The words of the tagline."}
""",
    ),
    (
        "terms",
        """\
# Preferred words. `use` may be left out: then the word is to be avoided without a successor.
# terms:
#   - {use: sign in, never: [log in, login], reason: "Our screens say sign in."}
""",
    ),
    (
        "competitors",
        """\
# competitors:
#   names: [Their Name, {name: Their Other Name, policy: warn}]
#   policy: forbid                       # forbid | warn | allow
""",
    ),
    (
        "audiences",
        """\
# Whom collateral is for. Messages may be approved for some of them only.
# audiences:
#   - {id: operations, name: Operations director}
""",
    ),
    (
        "messages",
        """\
# Approved value propositions. The same meaning in other words is fine; another meaning is a finding.
# messages:
#   - id: short-name
#     pillar: Speed
#     statement: "One sentence that is approved."
#     variants: ["Another approved wording of the same message."]
#     audiences: [operations]            # left out: fit for all
#     required_in: [brochure]            # kinds of collateral that must carry it
#     wording: free                      # free: the same meaning is enough | exact: verbatim
""",
    ),
    (
        "claims",
        """\
# Approved facts with evidence.
# claims:
#   - id: short-name
#     statement: "A figure with its conditions."
#     source: "Where the evidence is"
#     approved: 2026-01-31
#     expires: 2027-01-31                # the last day on which it may be used
#     disclaimer: note                   # boilerplate that must stand in the same document
""",
    ),
    (
        "facts",
        """\
# Plain facts that anyone may state.
# facts:
#   - "Founded in 2009."
""",
    ),
    (
        "prohibited",
        """\
# What may never be said: found by meaning (statements) and by regular expression (patterns, in single quotes).
# prohibited:
#   - id: guarantees
#     statements: ["Your success is guaranteed."]
#     patterns: ['\\bguarantee[ds]?\\b']
#     except: ["we do not guarantee"]
#     reason: Legal.
""",
    ),
    (
        "retired",
        """\
# Messages that were approved once.
# retired:
#   - {id: old, statement: "What we used to say.", replaced_by: short-name}
""",
    ),
    (
        "definitions",
        """\
# Words that sales and marketing must mean alike.
# definitions:
#   - {term: qualified lead, text: "A qualified lead is …"}
""",
    ),
    (
        "boilerplate",
        """\
# Small print. Holes: {year}, {date}, {any}.
# boilerplate:
#   - id: copyright
#     text: "© {year} Company. All rights reserved."
#     required_in: [brochure, deck]
#   - {id: note, text: "How the figure was measured."}
""",
    ),
    (
        "collateral",
        """\
# What a document is, by its path; the first match wins. `**` is any number of folders.
collateral:
  - {match: "**/*.pptx", kind: deck}
  - {match: "**/*.pdf", kind: brochure}
  - {match: "**/*.docx", kind: document}
  - {match: "**/*.html", kind: webpage}
  # - {match: "sales/**/*.pptx", kind: deck, owner: sales, audience: operations, notes: skip}
  # - {match: "archive/**", skip: true}
""",
    ),
    (
        "severity",
        """\
# How much a rule weighs: error | warning | note | off. `msgcheck rules` lists them all.
# severity:
#   unapproved-claim: note
""",
    ),
)
"""Section → its lines, in the order of a guide."""


def template(company: str, quoted: Callable[[str], str]) -> str:
    """A guide that passes `guide check` as it stands; `quoted` writes a text as YAML."""
    return _HEAD + "".join(f"\n{block.replace('{name}', quoted(company))}" for _, block in _BLOCKS)


def rest(sections: frozenset[str]) -> str:
    """The commented examples of all sections but `sections`; what would be live in the template is a comment here."""
    wanted = [block for section, block in _BLOCKS if section not in sections]
    return "".join(
        "\n"
        + "".join(
            line if line.startswith("#") else f"# {line}"
            for line in block.replace("{name}", "Company").splitlines(keepends=True)
        )
        for block in wanted
    )
