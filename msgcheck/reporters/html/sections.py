"""The parts of the report that stand in the file as plain HTML: they can be read without any script, and printed."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from msgcheck.model import DocumentResult, Finding, Report
from msgcheck.reporters.differences import label_of, reason_of, wording_of
from msgcheck.reporters.html.markup import Markup, element, join, plural, quoted, split_path
from msgcheck.reporters.html.verdict import DocumentState, Verdict, document_states
from msgcheck.reporters.html.words import LAYERS, SEVERITIES, STATUSES, title_of
from msgcheck.reporters.order import by_severity

_STATES = {
    "ready": "Ready",
    "review": "Review",
    "blocked": "Blocked",
    "unread": "Could not be read",
    "skipped": "Skipped",
}
_FEW = 25  # documents whose state is listed on the first screen; those beyond can be unfolded
_STATIC_FINDINGS = 200  # listed for readers without scripts, most severe first


def summary(report: Report, answer: Verdict) -> Markup:
    """The first screen: the answer, what to do first, and each document's state."""
    steps = [
        element(
            "li",
            element(
                "span",
                element("b", _button_or_text(step.text, step.job), class_="what"),
                element("span", step.hint, class_="hint"),
                class_="step",
            ),
            class_=f"step-{step.severity}",
        )
        for step in answer.steps
    ]
    first = join(element("h2", "What to do first"), element("ol", *steps, class_="steps")) if steps else None
    return element(
        "section",
        element(
            "div",
            element("p", element("span", _STATES[answer.state], class_=f"badge {answer.state}"), class_="eyebrow"),
            element("h1", answer.headline, id="verdict"),
            *(element("p", line, class_="lead") for line in answer.sentences),
            class_=f"answer {answer.state}",
        ),
        element(
            "div", element("div", first, class_="first") if first else None, _state_table(report), class_="columns"
        ),
        id="summary",
        class_="view",
        aria_labelledby="verdict",
    )


def _button_or_text(text: str, job: str) -> Markup:
    return element("a", text, href="#findings", data_job=job) if job else join(text)


def _state_table(report: Report) -> Markup:
    states = document_states(report)
    results = [result for result in report.results if not result.document.stray]
    if len(results) <= _FEW:
        return element("div", element("h2", "Documents"), _states(results, states), class_="documents")
    results.sort(key=lambda result: _pressing(states[result.document.name]))
    first, rest = results[:_FEW], results[_FEW:]
    return element(
        "div",
        element("h2", "Documents, those with the most to correct first"),
        _states(first, states),
        element(
            "details",
            element("summary", plural(len(rest), "more document")),
            _states(rest, states, "State of the other documents"),
            class_="rest",
        ),
        class_="documents",
    )


def _pressing(state: DocumentState) -> tuple[int, int, int]:
    rank = ("unread", "blocked", "review", "ready", "skipped").index(state.state)
    return rank, -state.errors, -state.warnings


def _states(
    results: list[DocumentResult], states: dict[str, DocumentState], label: str = "State of each document"
) -> Markup:
    heads = (element("th", name, scope="col") for name in ("Document", "State", "Correct", "Review"))
    rows = (_state_row(result, states[result.document.name]) for result in results)
    table = element("table", element("thead", element("tr", *heads)), element("tbody", *rows), class_="states")
    return element("div", table, class_="scroll", tabindex="0", role="region", aria_label=label)


def _state_row(result: DocumentResult, state: DocumentState) -> Markup:
    name, folder = split_path(result.document.name)
    owner = result.role.owner if result.role.owner not in folder.split("/") else None
    role = " · ".join(part for part in (result.role.kind, owner) if part)
    label = (
        element("a", quoted(name), href="#findings", data_document=result.document.name)
        if state.errors or state.warnings or state.accepted
        else quoted(name)
    )
    return element(
        "tr",
        element(
            "th",
            label,
            element("span", quoted(folder + (" · " if folder and role else "") + role), class_="hint"),
            scope="row",
        ),
        element(
            "td",
            element("span", _STATES[state.state], class_=f"badge {state.state}"),
            element("span", "read in part", class_="hint") if result.document.status == "partly-read" else None,
        ),
        element("td", _count(state, state.errors), class_="number"),
        element("td", _count(state, state.warnings), class_="number"),
    )


def _count(state: DocumentState, count: int) -> str:
    return "–" if state.state in ("unread", "skipped") else f"{count:,}"


def findings(report: Report) -> Markup:
    """The findings. The script replaces the plain list by one that can be grouped, filtered and opened."""
    shown = list(islice(by_severity(report.findings), _STATIC_FINDINGS))
    left = len(report.findings) - len(shown)
    return element(
        "section",
        element("h2", "Findings", id="findings-title"),
        element("div", id="filters"),
        element(
            "div",
            *(_static_finding(one) for one in shown),
            element("p", f"{plural(left, 'more finding')} can be seen with scripts switched on, in a web browser.")
            if left
            else None,
            element("p", "There is nothing to correct and nothing to look at.", class_="empty") if not shown else None,
            id="list",
        ),
        id="findings",
        class_="view",
        aria_labelledby="findings-title",
    )


def _static_finding(finding: Finding) -> Markup:
    wording = wording_of(finding)
    return element(
        "article",
        element("h3", title_of(finding.rule), class_=finding.severity),
        element("p", quoted(finding.document), f", {finding.location.label or finding.location.kind}", class_="hint"),
        element("blockquote", quoted(finding.text)) if finding.text else None,
        element("p", quoted(finding.message)),
        element("p", f"{label_of(finding).capitalize()}: ", quoted(wording)) if wording else None,
        element("p", "Reason: ", quoted(reason)) if (reason := reason_of(finding)) else None,
        class_="plain",
    )


def documents_page(report: Report) -> Markup:
    """What was checked and what was not: reading, gaps, accepted findings."""
    documents = [result for result in report.results if not result.document.stray]
    strays = len(report.results) - len(documents)
    unread = [result for result in documents if result.document.status != "read"]
    parts: list[Markup] = [element("h2", "Documents and what was not checked", id="documents-title")]
    parts.append(element("h3", "Not read, read in part, or skipped"))
    if unread:
        parts.append(
            element(
                "ul",
                *(
                    element(
                        "li",
                        element("b", quoted(result.document.name)),
                        f": {STATUSES[result.document.status].lower()}.",
                        element(
                            "ul",
                            *(
                                element("li", f"{reason.place}: " if reason.place else None, quoted(reason.text))
                                for reason in result.document.reasons
                            ),
                        )
                        if result.document.reasons
                        else None,
                    )
                    for result in unread
                ),
                class_="reasons",
            )
        )
    else:
        parts.append(element("p", "Every document was read in full."))
    if strays:
        was, them = ("was", "it") if strays == 1 else ("were", "them")
        said = f"{plural(strays, 'other file')} in the folders {was} left out, as excluded or as no collateral"
        parts.append(element("p", f"{said}; the report in JSON names {them}."))
    parts.append(element("h3", "Accepted"))
    accepted = sum(finding.status == "accepted" for finding in report.findings)
    used = report.accepted
    if accepted:
        was, do = ("was", "does") if accepted == 1 else ("were", "do")
        said = f"{plural(accepted, 'finding')} in this report {was} accepted by a person and {do} not count. "
        parts.append(element("p", said, element("a", "Show them", href="#findings", data_accepted="1")))
    else:
        parts.append(element("p", "Nothing in this report was accepted earlier: every finding counts."))
    if used.expired:
        parts.append(
            element("p", "No longer accepted, because the date has passed: ", quoted(", ".join(used.expired)), ".")
        )
    if used.unused:
        parts.append(element("p", "Accepted once, no longer found: ", quoted(", ".join(used.unused)), "."))
    parts.append(element("h3", "All documents"))
    parts.append(
        element(
            "div",
            element(
                "table",
                element(
                    "thead",
                    element(
                        "tr",
                        *(
                            element("th", name, scope="col")
                            for name in ("Document", "Kind", "Owner", "For", "Read", "Length", "Sentences", "SHA-256")
                        ),
                    ),
                ),
                element("tbody", *(_document_row(result) for result in documents)),
                class_="all",
            ),
            class_="scroll",
            tabindex="0",
            role="region",
            aria_label="All documents",
        )
    )
    parts.append(_about(report))
    return element("section", *parts, id="documents", class_="view", aria_labelledby="documents-title")


def _document_row(result: DocumentResult) -> Markup:
    document, role = result.document, result.role
    gaps = ", ".join(f"{count} × {name.replace('-', ' ')}" for name, count in document.gaps)
    return element(
        "tr",
        element("th", quoted(document.name), element("span", gaps, class_="hint") if gaps else None, scope="row"),
        element("td", role.kind or "–"),
        element("td", role.owner or "–"),
        element("td", ", ".join(role.audiences) or "everyone"),
        element("td", STATUSES[document.status]),
        element("td", plural(document.pages, document.unit or "page") if document.pages is not None else "–"),
        element("td", f"{result.passages:,}", class_="number"),
        element("td", element("code", document.sha256[:12], title=document.sha256)),
    )


def _about(report: Report) -> Markup:
    layers: Counter[str] = Counter()
    for result in report.results:
        layers.update(dict(result.layers))
    read = ", ".join(f"{count:,} {LAYERS.get(name, name)}" for name, count in layers.items() if count)
    facts = [
        ("Checked against", join(quoted(report.guide_path), " (SHA-256 ", element("code", report.guide_sha256), ")")),
        ("Accepted findings", _digest(report.accepted_sha256)),
        ("On the day", join(report.as_of)),
        ("Pieces of text", join(read or "none")),
        (
            "Checked by",
            join(f"msgcheck {report.version}, engine {report.engine.version}", _encoder(report)),
        ),
        ("Second opinion", _second(report)),
        (
            "How to read it",
            join(
                f"“{SEVERITIES['error']}” is against the guide, “{SEVERITIES['warning']}” needs a person's judgement. "
                "Figures, units, names and dates are compared exactly; which message a sentence is about, and whether "
                "it still means the same, is recognised by its meaning, and can be mistaken. What is not mentioned was "
                "not necessarily approved."
            ),
        ),
    ]
    rows = [join(element("dt", name), element("dd", value)) for name, value in facts if value is not None]
    return join(element("h3", "About this check"), element("dl", *rows, class_="facts"))


def _digest(sha256: str | None) -> Markup | None:
    return join("SHA-256 ", element("code", sha256)) if sha256 else None


def _second(report: Report) -> Markup | None:
    second = report.engine.second_opinion
    if second is None:
        return None
    return join(
        "the language model ", second.model,
        f" was asked about {second.asked:,} passages of which the engine was unsure; it answered {second.answered:,}",
    )


def _encoder(report: Report) -> Markup | None:
    if not report.engine.encoder:
        return None
    weights = _digest(report.engine.encoder_sha256)
    return join(", language model ", report.engine.encoder, join(" (", weights, ")") if weights else None)
