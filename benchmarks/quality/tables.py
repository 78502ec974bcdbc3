"""The figures of runs as Markdown, and what was missed or raised without need as plain lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.quality.companies import Label
from benchmarks.quality.running import Run, pooled
from benchmarks.quality.scoring import Tally

_STEPS = (0.95, 0.9, 0.8, 0.7, 0.6, 0.5)
_COLUMNS = 6                             # companies that have a column of their own
MEANING = (
    "message-drift",
    "message-wording",
    "prohibited-claim",
    "retired-message",
    "definition-drift",
    "unapproved-claim",
)


def tables(runs: Sequence[Run]) -> list[str]:
    """All of the page's tables: the whole, by rule, by kind of change, by difficulty, by confidence."""
    ours = [run for run in runs if run.program == "msgcheck"]
    lines = ["### Companies", "", *companies(ours), "", "### Overall", "", *overall(runs)]
    groups = (("By rule", "rule"), ("Drifts found, by kind of change", "change"), ("By difficulty", "difficulty"))
    for title, group in groups:
        lines += ["", f"### {title}", "", *grouped(runs, group)]
    return [*lines, "", "### How sure a finding of meaning is, and how often it is right", "", *confidence(ours)]


def companies(runs: Sequence[Run]) -> list[str]:
    def counted(run: Run) -> list[str]:
        return [str(run.tally.of("labels", label, "passages")) for label in ("on-message", "neutral", "finding")]

    rows = [(run.company.name, *counted(run), run.company.use) for run in runs]
    return _table(("company", "on message", "neutral", "findings", "used for"), rows)


def overall(runs: Sequence[Run]) -> list[str]:
    rows = []
    for program, members in _programs(runs):
        for run in members:
            pairs = "" if run.pairs is None else f"{run.pairs:,}"
            rows.append((run.company.name, program, *_figures(run.tally), pairs, f"{run.seconds:.0f}"))
        uses = dict.fromkeys(run.company.use for run in members) if len(members) > _COLUMNS else {}
        groups = {use: [run for run in members if run.company.use == use] for use in uses}
        for name, group in (*(groups.items() if len(groups) > 1 else ()), ("all", members)):
            if len(members) > 1:
                rows.append(tuple(f"**{cell}**" if cell else "" for cell in (name, program, *_together(group))))
    heads = (
        "company",
        "program",
        "F1",
        "precision",
        "recall",
        "false alarms on message",
        "false alarms neutral",
        "first kind right",
        "pairs",
        "seconds",
    )
    return _table(heads, rows)


def _together(runs: Sequence[Run]) -> tuple[str, ...]:
    counted = [run.pairs for run in runs if run.pairs is not None]
    pairs = f"{sum(counted):,}" if counted else ""
    return (*_figures(pooled(runs)), pairs, f"{sum(run.seconds for run in runs):.0f}")


def grouped(runs: Sequence[Run], group: str) -> list[str]:
    """Found of wanted for each member of a group: company by company if they are few, pooled, and by the plain
    pipeline.
    """
    programs = dict(_programs(runs))
    ours, plain = programs.get("msgcheck", []), programs.get("plain pipeline", [])
    whole = pooled(ours)
    shown = ours if len(ours) <= _COLUMNS else []
    heads = [group if group != "change" else "kind of change", *(run.company.name for run in shown), "all", "recall"]
    heads += ["false alarms"] * (group == "rule") + ["plain pipeline"] * bool(plain)
    rows = []
    for name in pooled(runs).names(group):
        cells = [f"`{name}`" if group == "rule" else name, *(_found(run.tally, group, name) for run in shown)]
        wanted = whole.of(group, name, "wanted")
        cells += [_found(whole, group, name), _percent(whole.group_recall(group, name)) if wanted else ""]
        cells += [str(whole.of(group, name, "false"))] * (group == "rule")
        cells += [_found(pooled(plain), group, name)] * bool(plain)
        rows.append(tuple(cells))
    return _table(tuple(heads), rows)


def confidence(runs: Sequence[Run]) -> list[str]:
    """Of the findings of meaning at least so sure, how many are right; pooled over the companies."""
    right = [told.confidence for run in runs for told, _ in run.settled.right if told.rule in MEANING]
    false = [told.confidence for run in runs for told, _ in run.settled.false if told.rule in MEANING]
    rows = []
    for step in _STEPS:
        good, bad = sum(one >= step for one in right), sum(one >= step for one in false)
        if good + bad:
            rows.append((f"{step:.2f} or more", str(good + bad), _percent(good / (good + bad))))
    return _table(("confidence", "findings", "right"), rows)


def listed(runs: Sequence[Run]) -> list[str]:
    """Every miss and false alarm of msgcheck, a line each."""
    lines = []
    for run in runs:
        if run.program != "msgcheck":
            continue
        lines += [f"{run.company.name}  MISSED  {_wanted(one)}" for one in run.settled.missed]
        for told, alike in run.settled.false:
            on = f"on {alike.label}" if alike else "no label"
            what = f"{told.rule} {told.approved or ''} {told.change or ''} {told.confidence:.2f}"
            cells = (told.document, what, on, _one_line(told.text), told.message)
            lines.append(f"{run.company.name}  FALSE   {' | '.join(cells)}")
    return lines


def _wanted(label: Label) -> str:
    what = f"{label.rules[0]} {', '.join(label.approved)} {', '.join(label.changes)} {label.difficulty}"
    return f"{label.document} | {what} | {_one_line(label.quote or '(the whole document)')}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _programs(runs: Sequence[Run]) -> Iterator[tuple[str, list[Run]]]:
    for program in dict.fromkeys(run.program for run in runs):
        yield program, [run for run in runs if run.program == program]


def _figures(tally: Tally) -> tuple[str, ...]:
    alarms = (_percent(tally.false_alarms(label)) for label in ("on-message", "neutral"))
    kind = _percent(tally.first_kind_right) if tally.of("kind told") else ""
    return (f"{tally.f1:.3f}", f"{tally.precision:.3f}", f"{tally.recall:.3f}", *alarms, kind)


def _found(tally: Tally, group: str, name: str) -> str:
    wanted = tally.of(group, name, "wanted")
    return f"{tally.of(group, name, 'found')}/{wanted}" if wanted else ""


def _percent(share: float) -> str:
    return f"{share:.1%}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows)]
