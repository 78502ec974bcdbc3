"""What headings, column headings and labels of messaging documents mean: the field's words mapped to the format."""

from __future__ import annotations

import re
from typing import Literal

Topic = Literal[
    "messages",
    "claims",
    "facts",
    "taglines",
    "boilerplate",
    "names",
    "terms",
    "avoid",
    "prohibited",
    "audiences",
    "competitors",
    "retired",
    "definitions",
    "company",
    "collateral",
]

_TOPICS: tuple[tuple[Topic, str], ...] = (
    (
        "retired",
        r"retired|no longer (?:use|say)|old (?:messages?|messaging|claims?|lines?)|discontinued|phased out"
        r"|previous messag\w+|we used to say",
    ),
    (
        "facts",
        r"(?:key |quick |company |plain |basic )?facts(?: about \w+| anyone.*)?|facts (?:and|&) figures|at a glance"
        r"|fact sheet",
    ),
    (
        "prohibited",
        r"never (?:say|claim|promise)|do(?: not|n'?t) (?:say|claim|promise)|prohibited|forbidden (?:claims?"
        r"|statements?|messages?)|not (?:to )?(?:say|claim)|off.?limits|red lines?|must not (?:say|claim)"
        r"|banned (?:claims?|statements?)|claims? (?:that )?we (?:do not|don'?t|never) make|no.?go",
    ),
    (
        "avoid",
        r"words? (?:to avoid|we avoid|we (?:do not|don'?t) use|not to use)|(?:banned|forbidden) (?:words?|terms?)"
        r"|avoid(?:ed)?(?: words?| terms?| phrases?)?|blacklist|blocklist|jargon",
    ),
    (
        "terms",
        r"terminology|vocabulary|word ?list|preferred (?:terms?|words?)|words we use|use .{0,3}avoid|do(?:'?s)?"
        r" .{0,5}don'?t'?s?|house style|spelling|how we talk|tone of voice words|^(?:our )?(?:terms|words)$",
    ),
    ("taglines", r"tag ?lines?|slogans?|strap ?lines?|claim line|sign-?off"),
    (
        "boilerplate",
        r"boiler ?plates?|^about (?:us|[A-Z]\w+)|^legal$|legal (?:lines?|notices?|text)|disclaimers?|copyright"
        r"|small print|fine print|footers?|mandatory (?:text|notices?)|standard (?:text|paragraphs?)",
    ),
    (
        "names",
        r"nam(?:es?|ing)\b.*|(?:product|brand|company) names?|how (?:we|to) write (?:our|the) names?|trade ?marks?"
        r"|products?(?: portfolio| names?| family)?|brand architecture",
    ),
    (
        "audiences",
        r"audiences?|personas?|target (?:groups?|audiences?|customers?)|buyers?|who we (?:talk|speak) to"
        r"|segments?",
    ),
    ("competitors", r"competitors?|competition|competitive landscape|rivals?|alternatives"),
    ("definitions", r"definitions?|glossary|what we mean by|terms and definitions"),
    (
        "claims",
        r"proof ?points?|claims?(?: and evidence| register| library| sheet)?|evidence|reasons? to believe|rtbs?"
        r"|substantiat\w+|statistics|stats|numbers we (?:use|may use)|approved (?:claims|figures|numbers)",
    ),
    (
        "messages",
        r"(?:key |core |main |primary |product |brand |approved )*messag(?:es?|ing)(?: house| pillars?"
        r"| framework)?|value props?(?:ositions?)?|(?:brand |message )?pillars?|(?:what|how) we (?:say|promise)"
        r"|benefits?|selling points?|usps?|elevator pitch|positioning(?: statement)?|promises?|supporting"
        r" messages?",
    ),
    ("company", r"(?:the )?company|who we are"),
    (
        "collateral",
        r"^(?:our |the )?collateral$|(?:document|collateral|content|asset) (?:types?|kinds?|list|register|inventory)"
        r"|(?:kinds|types) of (?:documents?|collateral|content|assets?)|which document is what"
        r"|where (?:our |the )?(?:documents|files|collateral) (?:are|lie|live|stand)",
    ),
)
_HEADING = tuple((topic, re.compile(rf"(?:^|\b)(?:{words})(?:\b|$)", re.IGNORECASE)) for topic, words in _TOPICS)

Role = Literal[
    "id",
    "statement",
    "variants",
    "source",
    "owner",
    "approved",
    "expires",
    "audiences",
    "required_in",
    "pillar",
    "use",
    "never",
    "reason",
    "name",
    "aliases",
    "mark",
    "retired",
    "term",
    "definition",
    "disclaimer",
    "policy",
    "except",
    "text",
    "prohibited",
    "replaced_by",
    "wording",
    "used_in",
    "patterns",
    "examples",
    "severity",
    "case",
]
"""Keys of the format, and what else columns say: `used_in` may mean `required_in`, `examples` are more statements."""

_ROLES: tuple[tuple[Role, str], ...] = (
    ("id", r"id|key|ref(?:erence)?(?: ?no\.?)?|no\.?|nr\.?|#|code|slug"),
    ("expires", r"expir\w+(?: on| date)?|valid (?:until|to|through)|use until|review(?: by| date)?|end date|until"),
    ("approved", r"approv(?:ed|al)(?: on| date)?|valid from|start date|signed off|date(?: approved)?"),
    ("source", r"sources?|evidence|proof|proof ?points?|substantiation|citations?|study|where it comes from|basis"),
    (
        "owner",
        r"(?:message |claim |content |text )?owners?|owned by|contact|responsible|approver|department|whom? to ask"
        r"|questions to|maintained by",
    ),
    (
        "required_in",
        r"(?:required|mandatory|obligatory|compulsory) (?:in|for|on)|(?:must|has to) (?:appear|stand|be|go) (?:in|on)"
        r"|where required|include in",
    ),
    ("used_in", r"used? (?:in|on|for)|where(?: it is)? used|appears? (?:in|on)|channels?|placements?|where"),
    ("audiences", r"audiences?|personas?|for(?: whom)?|who(?: for)?|target(?: group)?|segments?|buyers?"),
    ("pillar", r"(?:message )?pillars?|themes?|topic|category|group"),
    (
        "disclaimer",
        r"(?:required |mandatory )?disclaimers?|foot ?notes?|(?:small|fine) print|qualifier"
        r"|(?:legal|required|mandatory) (?:note|line|text)s?"
        r"|(?:goes|comes|stands|only) (?:together )?with|with (?:the )?note|(?:note|disclaimer) required",
    ),
    ("reason", r"reasons?|why|notes?|comments?|remarks?|rationale|explanation|context"),
    (
        "except",
        r"exceptions?|except(?: in)?|unless|(?:but )?(?:allowed|fine|ok|okay) (?:in|as|when)",
    ),
    ("replaced_by", r"replaced by|replacement message|successor"),
    ("retired", r"(?:retired|former|old|earlier|previous) names?|formerly|was called"),
    ("aliases", r"alias(?:es)?|short name|also (?:written|known as)|abbreviations?"),
    ("mark", r"(?:trade ?)?marks?|symbol|®.*|™.*|tm"),
    (
        "variants",
        r"(?:approved |allowed )?variants?|alternatives?|variations?"
        r"|also (?:approved|allowed|permitted|ok|okay|fine|say|said|used)"
        r"|(?:other|further|more|alternative|allowed|permitted|accepted|additional) "
        r"(?:approved |allowed |permitted )?(?:wording|version|form|phrasing|copy)s?"
        r"|may also be (?:said|worded)(?: as)?|short(?:er)? (?:version|form|wording|line|copy)s?|in other words",
    ),
    (
        "policy",
        r"policy|(?:may|can) (?:we|they|it) (?:be )?nam(?:e|ed)(?: them| it)?|may be named|what we do"
        r"|how we treat them",
    ),
    ("wording", r"wording|verbatim|word for word|exact(?: wording)?|fixed(?: wording)?"),
    ("severity", r"severity|strictness|how strict(?:ly)?|must or should"),
    ("case", r"case|capitals?|capitali[sz]ation|upper (?:and|or|/) ?lower case|ordinary word"),
    (
        "patterns",
        r"(?:red.?flag|trigger|signal|watch|warning|forbidden|banned|prohibited) (?:words?|phrases?|terms?|wordings?)"
        r"(?: and phrases)?|(?:nor|not) these (?:words|phrases)|words? to (?:look|search) for",
    ),
    ("examples", r"examples?|for example|e\.?g\.?|such as|sounds like|typical wordings?"),
    (
        "never",
        r"avoid|(?:what )?(?:we )?(?:never|don'?t|do not|must not|may not|cannot)(?: (?:write|say|use|claim|promise))?"
        r"|don'?ts|not|wrong|incorrect|instead of"
        r"|no longer(?: say)?|banned|forbidden|bad|not this|say no to|no|✗|✘|❌|never forms?|rejected?"
        r"|bad (?:words?|terms?)|(?:words?|terms?) to avoid|deprecated",
    ),
    (
        "use",
        r"use(?: this| instead)?|do'?s?|say(?: this| instead)?|prefer(?:red)?(?: term| word)?s?|right|correct|good"
        r"|write|replacement|replace with|instead|now say|✓|✔|✅|yes|approved (?:term|word)|suggestion|swap",
    ),
    ("prohibited", r"prohibited(?: claim| statement)?s?|never (?:claim|promise)|forbidden (?:claim|statement)s?"),
    ("definition", r"definitions?|meaning|means|what (?:it|we) means?(?: by (?:it|them))?|description"),
    ("term", r"terms?|words?|concept|expression"),
    (
        "statement",
        r"(?:key |core |approved |value )?(?:messages?|statements?|claims?|propositions?)(?: text)?"
        r"|approved (?:text|wording|copy|line)|facts?|value props?(?:ositions?)?|benefits?|promises?|proof ?points?"
        r"|copy|figures?",
    ),
    (
        "name",
        r"(?:product |brand |company |approved |official |competitor )?names?|products?|brands?|competitors?"
        r"|job titles?|title|headline",
    ),
    ("text", r"text|boiler ?plate|tag ?lines?|slogans?|wording|line|content"),
)
_COLUMN = tuple((role, re.compile(rf"(?:{words})", re.IGNORECASE)) for role, words in _ROLES)
_LABEL_WORDS = 5
_TITLE = re.compile(r"\b(?:guide(?:lines?)?|handbook|playbook|manual|brief|document|book|framework v)\b", re.IGNORECASE)
"""A heading with one of these names the whole document."""


def topic_of(heading: str) -> Topic | None:
    """The section of the guide that a heading announces, None for any other heading."""
    text = re.sub(r"^[\d.\s]*|[:.]$", "", heading.strip()).replace("’", "'")
    if len(text.split()) > 8 or _TITLE.search(text):
        return None
    return next((topic for topic, pattern in _HEADING if pattern.search(text)), None)


def role_of(label: str) -> Role | None:
    """The key of the format that a column heading or a label before a colon stands for."""
    text = re.sub(r"\s*\([^)]*\)$", "", label.strip().strip(":*?").strip()).replace("’", "'")
    if not text or len(text.split()) > _LABEL_WORDS:
        return None
    return next((role for role, pattern in _COLUMN if pattern.fullmatch(text)), None)
