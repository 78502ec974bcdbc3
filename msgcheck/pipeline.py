"""The recipe: from paths and settings to a report."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgcheck import __version__, accepted
from msgcheck.changed import changed_since
from msgcheck.checks import COLLECTION_CHECKS
from msgcheck.checks.finish import finish
from msgcheck.checks.rules import RULES
from msgcheck.discover import Found, discover
from msgcheck.errors import Unreadable, UsageError
from msgcheck.guide import Guide, entries, load, role
from msgcheck.guide.brand import brand_of
from msgcheck.guide.model import Claim
from msgcheck.kept import Kept, guide_at, guide_says, keep_what_guide_says
from msgcheck.model import (
    Assertion,
    Document,
    DocumentResult,
    Engine,
    Entry,
    Finding,
    Report,
    Role,
    SecondOpinion,
    Severity,
)
from msgcheck.nearest import nearest
from msgcheck.readers import ReadOptions, format_of
from msgcheck.results import Elsewhere, Step, cores
from msgcheck.results import results as results_of
from msgcheck.revision import ENGINE_VERSION
from msgcheck.settings import FailOn, Settings

if TYPE_CHECKING:
    from msgcheck.checks.analyse import Analyser
    from msgcheck.cluster import Cluster
    from msgcheck.matching.second_opinion.dialogue import Content, Opinion
    from msgcheck.matching.second_opinion.endpoint import Endpoint
    from msgcheck.pictures.office import Slides

Warn = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be checked, and how.

    Open findings of meaning below `min_confidence` are left out, and with `show_all` in the report but in no exit code.
    `leave_out` are files that are no collateral whatever their name: the reports of this run. `keep_text` keeps the
    blocks of documents and `pictures` makes pictures of pages, for reports that show them, of slides as `slides` says.
    With `changed_since`, a git revision, only documents that changed are reported; the others are known to rules that
    compare documents. `cached` lets the run use what earlier ones worked out. `second_opinion` is a language model that
    is asked about passages of which the engine is unsure; without it nothing leaves the machine. `cluster` reads and
    analyses in place of this machine; it alone reads `urls`, documents and folders of them, whose names are relative to
    `root_url`; `guide_url` is where the guide was fetched from.
    """

    paths: tuple[Path, ...]
    settings: Settings
    as_of: datetime.date
    reading: ReadOptions = field(default_factory=ReadOptions)
    include_hidden: bool = False
    allow_download: bool = False
    show_all: bool = False
    min_confidence: float = 0.0
    keep_text: bool = False
    pictures: bool = False
    slides: Slides = "draw"
    leave_out: tuple[Path, ...] = ()
    changed_since: str | None = None
    cached: bool = True
    second_opinion: Endpoint | None = None
    cluster: Cluster | None = None
    urls: tuple[str, ...] = ()
    root_url: str = ""
    guide_url: str = ""


def check(
    request: Request, step: Step = lambda done, total, name: None, warn: Warn = lambda text: None
) -> Report:
    """Check the collateral; the same report whatever the order of the paths, the number of workers, and the cache.

    `warn` is told what a person should know about the run and not about the collateral.
    """
    settings = request.settings
    guide = guide_of(settings, request.cached)
    excused = accepted.load(settings.accepted)
    found = _found(request)
    only = changed_since(request.changed_since, found.sources, settings.root) if request.changed_since else None
    analysed, second = _analysed(found, guide, request, only, step, warn)
    results = _ordered((*analysed, *_skipped(found, guide, request.as_of), *_passed_over(found, guide)))
    findings = [finding for result in results for finding in result.findings]
    for compare in COLLECTION_CHECKS:
        findings.extend(compare(results, guide, partial(_said_by, request)))
    checked = frozenset(one.document.name for one in results if one.document.status in ("read", "partly-read"))
    marked, use = accepted.apply(finish(findings, guide), excused, request.as_of, checked)
    chosen = _chosen(marked, settings, only)
    finished = tuple(one for one in chosen if request.show_all or not unsure(one, request.min_confidence))
    report = Report(
        version=__version__,
        as_of=request.as_of.isoformat(),
        guide_path=_name_in(settings.root, settings.guide),
        guide_sha256=guide.sha256,
        engine=replace(engine_of(request), second_opinion=second),
        results=_reported(results, finished, only),
        findings=finished,
        accepted=replace(use, used=sum(finding.status == "accepted" for finding in finished)),
        accepted_sha256=excused.sha256,
        entries=tuple(_entries(guide)),
        show_all=request.show_all,
        min_confidence=request.min_confidence,
        unsure=len(chosen) - len(finished),
    )
    return _pictured(report, found, settings.jobs, request.slides, warn) if request.pictures else report


def _said_by(request: Request, guide: Guide) -> tuple[Assertion, ...]:
    if request.cached:
        from msgcheck.cache import Cache

        with Cache(request.settings.cache_dir) as cache:
            return guide_says(cache, guide)
    from msgcheck.checks.spoken import guide_says as stated

    return stated(guide)


def guide_of(settings: Settings, cached: bool = False) -> Guide:
    """The guide, with the settings' own `collateral` before its; raises `GuideError` with all that is wrong with it.

    `cached`: of the cache, where that knows it.
    """
    guide = _kept_guide(settings) if cached else load(settings.guide)
    known = tuple(audience.id for audience in guide.audiences)
    for entry in settings.collateral:
        for audience in entry.audience:
            if audience not in known:
                where = f"collateral, match = '{entry.match}'"
                raise UsageError(f"The guide has no audience '{audience}'.", where, nearest(audience, known))
    brand = brand_of(guide.path, guide.visual) if guide.visual else None
    return guide.model_copy(update={"collateral": (*settings.collateral, *guide.collateral), "brand": brand})


def _kept_guide(settings: Settings) -> Guide:
    from msgcheck.cache import Cache

    with Cache(settings.cache_dir) as cache:
        return guide_at(cache, settings.guide)


def analyser_of(
    guide: Guide, request: Request, band: tuple[float, float] | None = None,
    opinions: Mapping[Content, Opinion] | None = None,
) -> Analyser:
    """The analyser for `request`, with the models that it asks for; `band` and `opinions` as in `Meaning`."""
    from msgcheck.cache import Cache
    from msgcheck.language.encoder import BundledEncoder, load_encoder
    from msgcheck.language.nlp import begin_loading

    cache = Cache(request.settings.cache_dir) if request.cached else None
    encoder = load_encoder(request.settings.model, request.allow_download, cache)
    if isinstance(encoder, BundledEncoder):                # another one may import torch
        begin_loading()                                    # beside all that follows, imports among it
    from msgcheck.checks.analyse import Analyser
    from msgcheck.checks.meaning import Meaning
    from msgcheck.matching.pair_model import load_pair_model

    meaning = Meaning(guide, encoder, load_pair_model(), band, opinions)
    return Analyser(guide, request.as_of, meaning, request.include_hidden, request.keep_text)


def engine_of(request: Request) -> Engine:
    """What does the comparing; known without loading it."""
    from msgcheck.language.encoder import load_encoder

    encoder = load_encoder(request.settings.model, request.allow_download)
    return Engine(ENGINE_VERSION, encoder.name, encoder.sha256)


def exit_code(report: Report, fail_on: FailOn, strict: bool = False) -> int:
    """2 if a document is unread (`strict`: or partly read), else 1 if an open finding reaches `fail_on`, else 0.

    A finding below the confidence that was asked for does not count, shown or not.
    """
    unread = ("unread", "partly-read") if strict else ("unread",)
    if any(result.document.status in unread for result in report.results):
        return 2
    if fail_on == "never":
        return 0
    ranks: dict[Severity, int] = {"off": 0, "note": 1, "warning": 2, "error": 3}
    counted = (one for one in report.findings if one.status == "open" and not unsure(one, report.min_confidence))
    return 1 if any(ranks[one.severity] >= ranks[fail_on] for one in counted) else 0


def unsure(finding: Finding, least: float) -> bool:
    """Whether an open finding of meaning is below the confidence `least`; not where a sure rule speaks in its `also`.
    """
    rules = (finding.rule, *(also.rule for also in finding.also))
    of_meaning = all(RULES[rule].family == "meaning" for rule in rules)
    return of_meaning and finding.status == "open" and finding.confidence < least


def _analysed(
    found: Found, guide: Guide, request: Request, only: frozenset[str] | None, step: Step, warn: Warn
) -> tuple[tuple[DocumentResult, ...], SecondOpinion | None]:
    """The result of each document that is not skipped, and whose second opinion they rest on.

    Opinions are asked for once all documents are known, so that which ones depends on no order, and documents that got
    one are analysed once more.
    """
    from msgcheck.cache import Cache
    from msgcheck.language.encoder import load_encoder

    settings, endpoint = request.settings, request.second_opinion
    band = endpoint.band if endpoint else None
    bare = replace(request, second_opinion=None)           # its key is for nobody else
    roles = {source.name: role(guide, source.name) for source in found.sources}
    on_cluster = partial(_elsewhere, guide, bare, roles, warn) if request.cluster else None
    to_read = [source for source in found.sources if not roles[source.name].skip]
    with Cache(settings.cache_dir, warn=warn) as cache:
        encoder = load_encoder(settings.model, request.allow_download)
        kept = partial(
            Kept, cache, request.reading, guide.revision, encoder.revision, request.as_of, request.include_hidden,
            request.keep_text,
        ) if request.cached else None
        make = partial(analyser_of, guide, bare, band)
        known = kept(second=str(band or "")) if kept else None
        far = on_cluster(band, None, str(band or "")) if on_cluster else None
        last = partial(keep_what_guide_says, settings.cache_dir, guide) if request.cached else None
        results = tuple(results_of(to_read, roles, make, settings.jobs, request.reading, known, step, far, last))
        if endpoint is None:
            step(len(to_read), len(to_read), "")
            return results, None
        from msgcheck.matching.second_opinion.asking import ask, chosen

        reported = [one for one in results if only is None or one.document.name in only]
        questions = chosen([question for one in reported for question in one.unsure], endpoint.limit)
        opinions = ask(
            questions, endpoint, cache if request.cached else None,
            lambda done, total: step(done, total, f"asking {endpoint.model}"),
        )
        if opinions.trouble:
            warn(opinions.trouble)
        given = opinions.given
        again = {one.document.name for one in results if any(question.content in given for question in one.unsure)}
        make = partial(analyser_of, guide, bare, band, given)
        second = f"{band} {sorted(given.items(), key=lambda pair: pair[0])}"
        known = kept(second=second) if kept else None
        far = on_cluster(band, given, second) if on_cluster else None
        sources = [source for source in to_read if source.name in again]
        revised = tuple(results_of(sources, roles, make, settings.jobs, request.reading, known, step, far))
    step(len(to_read), len(to_read), "")
    first = tuple(one for one in results if one.document.name not in again)
    return (*first, *revised), SecondOpinion(endpoint.model, len(questions), len(given))


def _found(request: Request) -> Found:
    """The documents at the paths and behind the URLs."""
    settings = request.settings
    found = Found((), ())
    if request.paths or not request.urls:
        own = (*request.leave_out, *_own_files(settings))
        none_left = request.changed_since is not None
        found = discover(request.paths, settings.root, settings.exclude, own, none_left)
    if not request.urls:
        return found
    from msgcheck.remote import discover_urls

    if request.cluster is None:
        raise UsageError("URLs are read by a cluster.", request.urls[0], "Name its scheduler with --scheduler.")
    if request.changed_since:
        raise UsageError("What lies behind a URL has no git revision.", "--changed-since", "Check a local copy of it.")
    there = discover_urls(request.urls, request.root_url, settings.exclude, request.guide_url)
    twice = {source.name for source in found.sources} & {source.name for source in there.sources}
    if twice:
        raise UsageError(f"Two files would both be called '{min(twice)}'.", "", "Check them one after the other.")
    taken = {source.name for source in (*found.sources, *there.sources)}
    passed_over = (one for one in (*found.passed_over, *there.passed_over) if one.name not in taken)
    return Found((*found.sources, *there.sources), tuple(passed_over))


def _elsewhere(
    guide: Guide, request: Request, roles: Mapping[str, Role], warn: Warn, band: tuple[float, float] | None,
    opinions: Mapping[Content, Opinion] | None, second: str,
) -> Elsewhere:
    """What asks the cluster of `request` for results."""
    from msgcheck.cluster import cluster_results
    from msgcheck.station import Plan

    where = request.cluster
    assert where is not None
    plan = Plan(guide, request, band, opinions, second)
    return lambda sources: cluster_results(where, plan, sources, roles, warn)


def _skipped(found: Found, guide: Guide, as_of: datetime.date) -> Iterator[DocumentResult]:
    for source in found.sources:
        its = role(guide, source.name)
        if its.skip:
            from msgcheck.checks.analyse import Analyser

            unopened = Document(source.name, format_of(source.name) or "", "", "skipped")
            yield Analyser(guide, as_of).analyse(unopened, its)


def _passed_over(found: Found, guide: Guide) -> Iterator[DocumentResult]:
    for document in found.passed_over:
        yield DocumentResult(document, role(guide, document.name))


def _ordered(results: Iterable[DocumentResult]) -> tuple[DocumentResult, ...]:
    return tuple(sorted(results, key=lambda result: result.document.name))


def _chosen(findings: Iterable[Finding], settings: Settings, only: frozenset[str] | None) -> tuple[Finding, ...]:
    """The findings of the rules and documents that are asked for."""
    return tuple(
        finding for finding in findings
        if (not settings.select or finding.rule in settings.select) and finding.rule not in settings.ignore
        and (only is None or finding.document in only)
    )


def _reported(
    results: tuple[DocumentResult, ...], chosen: tuple[Finding, ...], only: frozenset[str] | None
) -> tuple[DocumentResult, ...]:
    """The results that are reported, with their findings as they are reported."""
    by_document: dict[str, list[Finding]] = {}
    for finding in chosen:
        by_document.setdefault(finding.document, []).append(finding)
    return tuple(
        replace(result, findings=tuple(by_document.get(result.document.name, ())))
        for result in results
        if only is None or result.document.name in only
    )


def _entries(guide: Guide) -> Iterator[Entry]:
    for (section, own), message in entries(guide, ("messages", "claims")):
        claim = message if isinstance(message, Claim) else None
        yield Entry(
            section, own, message.statement, message.pillar or "", (claim and claim.source) or "",
            message.owner or "", message.audiences, message.required_in,
            claim.expires.isoformat() if claim and claim.expires else "", message.reason or "",
        )


def _pictured(report: Report, found: Found, jobs: int | None, slides: Slides, warn: Warn) -> Report:
    from msgcheck.pictures import pictures

    sources = {source.name: source for source in found.sources}
    digests = {result.document.name: result.document.sha256 for result in report.results}

    def read(name: str) -> bytes | None:
        """The bytes that were checked; None where the file has changed since."""
        source = sources[name]
        try:
            data = _fetched(source.url) if source.url else source.path.read_bytes()
        except (OSError, Unreadable):
            return None
        return data if hashlib.sha256(data).hexdigest() == digests[name] else None

    made = pictures(report, read, jobs=jobs or cores(), slides_as=slides, warn=warn)
    return replace(report, pictures=made)


def _fetched(url: str) -> bytes:
    from msgcheck.remote import fetch

    return fetch(url, ReadOptions().max_bytes)[0]


def _own_files(settings: Settings) -> Iterator[Path]:
    """What msgcheck reads beside the collateral and may lie among it."""
    if settings.guide.is_dir():
        yield from (path for path in settings.guide.rglob("*") if path.suffix in (".yaml", ".yml"))
    yield settings.guide
    for path in (settings.file, settings.accepted):
        if path:
            yield path


def _name_in(root: Path, path: Path) -> str:
    """`path` relative to the root with `/`, or its last part where it lies elsewhere: no absolute path in a report."""
    real, top = path.resolve(), root.resolve()
    return real.relative_to(top).as_posix() if real.is_relative_to(top) and real != top else real.name
