"""The side-by-side page: what each department says of the same things."""

from __future__ import annotations

from msgcheck.align import UNNAMED, Alignment, Disagreement, Line, Stance, Told, Use, align, told_otherwise
from msgcheck.model import Report
from msgcheck.reporters.html.markup import Markup, element, join, plural, quoted, split_path

_HOW = {
    "on-message": ("ready", "on message"),
    "drifted": ("blocked", "drifted"),
    "mixed": ("blocked", "drifted in places"),
    "expired": ("review", "past its date"),
    "absent": ("none", "not carried"),
}
_USES = 12  # wordings of one message that are listed for a side
_MOST = 40  # disagreements, and claims of a side, that are listed


def align_page(report: Report) -> Markup | None:
    """The page for the owners of `report`; None where there are not at least two of them to compare."""
    found = align(report.results, report.entries)
    if sum(name != UNNAMED for name, _ in found.sides) < 2:
        return None
    names = [name if name != UNNAMED else "no owner" for name, _ in found.sides]
    return element(
        "section",
        element("h2", "Side by side: " + " and ".join(names), id="align-title"),
        _score(found),
        _disagreements(found, names),
        _messages(found, names, "Approved messages, told otherwise", "apart"),
        _messages(found, names, "Approved messages that one side alone carries", "one side"),
        _messages(found, names, "Approved messages, told alike", "alike"),
        _alone(found, names),
        _preferences(found, names),
        id="align",
        class_="view",
        aria_labelledby="align-title",
    )


def _score(found: Alignment) -> Markup:
    if found.score is None:
        head = element(
            "p", "The departments have no message in common, so there is nothing to compare.", class_="lead"
        )
    else:
        head = element(
            "p",
            element("b", f"{found.score} of 100", class_="score"),
            " So often do both say what is approved, where both speak about the same thing.",
            class_="lead",
        )
    return join(head, element("ul", *(element("li", line) for line in found.reasons), class_="reasons"))


def _messages(found: Alignment, names: list[str], title: str, told: Told) -> Markup | None:
    """The messages that are told so, most different first; None where there are none."""
    carried = [line for line in found.lines if line.told == told]
    if not carried:
        return None
    carried.sort(key=lambda line: line.agreement if line.agreement is not None else 2.0)
    head = element(
        "tr",
        element("th", "Approved message", scope="col"),
        *(element("th", quoted(name), scope="col") for name in names),
    )
    table = element(
        "table", element("thead", head), element("tbody", *(_row(line) for line in carried)), class_="sides"
    )
    frame = element("div", table, class_="scroll", tabindex="0", role="region", aria_label=f"{title}, side by side")
    return join(element("h3", title), frame)


def _row(line: Line) -> Markup:
    label = join(
        quoted(line.entry.statement or line.entry.id),
        element("span", " · ".join(part for part in (line.entry.id, line.entry.pillar) if part), class_="hint"),
        element("span", "other figures, times or limits", class_="badge warning") if line.figures else None,
    )
    return element(
        "tr", element("th", label, scope="row"), *(element("td", _stance(stance)) for stance in line.stances)
    )


def _stance(stance: Stance) -> Markup:
    kind, text = _HOW[stance.how]
    badge = element("span", text, class_=f"badge {kind}")
    if not stance.uses:
        return badge
    bad = sum(use.how != "on-message" for use in stance.uses)
    uses = sorted(stance.uses, key=lambda use: use.how == "on-message")
    count = f"in {bad} of {len(uses)} places" if stance.how == "mixed" else plural(len(uses), "place")
    share = element("span", count, class_="hint")
    first = next((use for use in uses if use.how != "on-message"), None)
    rest = [use for use in uses if use is not first][:_USES]
    more = (
        element(
            "details",
            element("summary", plural(len(rest), "more wording") if first else plural(len(rest), "wording")),
            element("ul", *(_use(use) for use in rest)),
            class_="wordings",
        )
        if rest
        else None
    )
    return join(badge, share, element("ul", _use(first)) if first else None, more)


def _use(use: Use) -> Markup:
    return element(
        "li",
        *(element("b", quoted(told_otherwise(change)), class_="told") for change in use.changes),
        element("span", quoted(use.text), class_="words"),
        element("span", _place(use), class_="hint"),
    )


def _place(use: Use) -> Markup:
    return join(quoted(split_path(use.document)[0]), f", {use.place}" if use.place else None)


def _disagreements(found: Alignment, names: list[str]) -> Markup:
    title = element("h3", "The same thing, other facts")
    if not found.disagreements:
        return join(title, element("p", "Where the guide is silent, the departments do not contradict each other."))
    head = element("tr", *(element("th", quoted(name), scope="col") for name in names))
    rows = [
        element("tr", *(element("td", _facts(one, side)) for side, _ in found.sides))
        for one in found.disagreements[:_MOST]
    ]
    table = element("table", element("thead", head), element("tbody", *rows), class_="sides facing")
    return join(
        title,
        element("p", "The guide says nothing here, so someone has to find out what is true."),
        element("div", table, class_="scroll", tabindex="0", role="region", aria_label="Other facts, side by side"),
        _more(len(found.disagreements) - _MOST, "more disagreement", "settle"),
    )


def _facts(one: Disagreement, side: str) -> Markup:
    uses = [use for name, use in one.uses if name == side]
    if not uses:
        return Markup("–")
    return element(
        "ul",
        *(
            element(
                "li",
                element("b", quoted(use.said), class_="told") if use.said else None,
                element("span", quoted(use.text), class_="words"),
                element("span", _place(use), class_="hint"),
            )
            for use in uses
        ),
    )


def _more(count: int, noun: str, job: str, owner: str = "") -> Markup | None:
    """Where the others are, when not all are listed here."""
    if count <= 0:
        return None
    link = element("a", plural(count, noun), href="#findings", data_job=job, data_owner=owner or None)
    return element("p", "And ", link, ".", class_="hint")


def _alone(found: Alignment, names: list[str]) -> Markup:
    title = element("h3", "Claims that only one side makes, and nothing approved supports")
    if not found.alone:
        return join(title, element("p", "None."))
    blocks = []
    for (side, _), name in zip(found.sides, names, strict=True):
        own = [one.use for one in found.alone if one.side == side]
        listed = element("ul", *(_use(use) for use in own[:_MOST]))
        more = _more(len(own) - _MOST, "more claim", "approve", "" if side == UNNAMED else side)
        if own:
            blocks.append(element("div", element("h4", quoted(name)), listed, more))
    return join(title, element("div", *blocks, class_="columns plain"))


def _preferences(found: Alignment, names: list[str]) -> Markup | None:
    if not found.preferences:
        return None
    rows = [
        element(
            "tr",
            element("th", quoted(one.use), scope="row"),
            *(
                element(
                    "td",
                    join(*(element("span", quoted(text), f" {count} ×", class_="term") for text, count in counts))
                    if counts
                    else "–",
                )
                for counts in one.counts
            ),
        )
        for one in found.preferences
    ]
    head = element(
        "tr", element("th", "Preferred", scope="col"), *(element("th", quoted(name), scope="col") for name in names)
    )
    table = element("table", element("thead", head), element("tbody", *rows))
    return join(
        element("h3", "Words and names that each side uses"),
        element("div", table, class_="scroll", tabindex="0", role="region", aria_label="Words and names, side by side"),
    )
