"""One report with everything that a reporter has to show, made by hand: an invented ferry operator's collateral."""

from __future__ import annotations

from msgcheck.model import (
    AcceptedUse,
    Also,
    Approved,
    Carried,
    Change,
    Document,
    DocumentResult,
    Engine,
    Finding,
    Location,
    Reason,
    Related,
    Report,
    Role,
)

ON_TIME = Approved(
    "claims", "on-time", "Nine in ten crossings leave on time.", "Nine in ten crossings leave on time.",
    "Harbour log 2026", "Operations", "The harbour counts them: ask for its log.",
)


def _document(name: str, status: str = "read", reasons: tuple[Reason, ...] = (), pages: int | None = None) -> Document:
    unit = "slide" if name.endswith(".pptx") else "page" if pages else ""
    return Document(
        name, name.rpartition(".")[2], "ab" * 32, status, reasons, (), pages, unit, "en",  # type: ignore[arg-type]
        (("picture-without-text", 2),) if status == "partly-read" else (),
    )


DRIFT = Finding(
    rule="message-drift", severity="error", confidence=0.94,
    message="Says 'all crossings'; approved is 'nine in ten crossings'.",
    document="sales/pitch.pptx", layer="body",
    location=Location("slide", 4, "slide 4", ((72.0, 144.0, 612.0, 180.0),), (960.0, 540.0)),
    block="Why travellers switch: All crossings leave\non time.", text="All crossings leave\non time.",
    start=23, end=51,
    approved=ON_TIME, changes=(Change("scope", "Nine in ten crossings", "All crossings"),),
    also=(Also("wrong-audience", "on-time"),), similarity=0.93, suggestion="Nine in ten crossings leave on time.",
    why=("Compared with claim on-time: 'Nine in ten crossings leave on time.'",
         "'All' is a wider scope than 'nine in ten'."),
    fingerprint="v1:0123456789abcdef",
)
TERM = Finding(
    rule="term", severity="warning", message="Says 'boat'; the preferred word is 'ship'.",
    document="marketing/summer-brochure.pdf", layer="body",
    location=Location("page", 2, "page 2", ((56.7, 300.0, 120.5, 312.0),), (595.3, 841.9)),
    block="Step on the boat and leave the motorway behind you.", text="boat", start=12, end=16,
    approved=Approved("terms", "ship"), suggestion="ship", fingerprint="v1:1111111111111111",
)
MISSING = Finding(
    rule="missing-message", severity="warning", message="A brochure must carry the message 'car-deck'.",
    document="marketing/summer-brochure.pdf", layer="body", location=Location("document", label="whole document"),
    approved=Approved("messages", "car-deck", "Drive on, drive off.", "Drive on, drive off."),
    suggestion="Drive on, drive off.", fingerprint="v1:2222222222222222",
)
HOSTILE = Finding(
    rule="unapproved-claim", severity="note", confidence=0.61,
    message="Promises something that nothing in the guide supports.",
    document="sales/\x1b[31mred\x1b[0m @team.md", layer="body", location=Location("line", 7, "line 7"),
    block="=1+1 <script>alert('x')</script> ![](http://e.invalid/p.png) @everyone ::error::owned \x1b[2J\u202egnp",
    text="=1+1 <script>alert('x')</script> ![](http://e.invalid/p.png) @everyone ::error::owned \x1b[2J\u202egnp",
    start=0, end=94, fingerprint="v1:3333333333333333",
)
CONFLICT = Finding(
    rule="conflicting-claims", severity="warning", message="Gives '40 minutes'; elsewhere it is '55 minutes'.",
    document="marketing/summer-brochure.pdf", layer="body", location=Location("page", 1, "page 1", (), (595.3, 841.9)),
    block="The crossing takes 40 minutes.", text="The crossing takes 40 minutes.", start=0, end=30,
    changes=(Change("timeframe", "55 minutes", "40 minutes"),),
    related=(Related("sales/pitch.pptx", Location("slide", 2, "slide 2"), "A crossing takes 55 minutes."),),
    fingerprint="v1:4444444444444444",
)
ACCEPTED = Finding(
    rule="brand-name", severity="error", message="Writes 'SEALINE'; the name is 'Sealine'.",
    document="sales/pitch.pptx", layer="notes", location=Location("notes", 4, "slide 4, notes"),
    block="SEALINE is ours.", text="SEALINE", start=0, end=7, approved=Approved("products", "sealine"),
    suggestion="Sealine", status="accepted", fingerprint="v1:5555555555555555",
)


def example(show_all: bool = False) -> Report:
    brochure = DocumentResult(
        _document("marketing/summer-brochure.pdf", "partly-read", (Reason(
            "picture-without-text", "page 3", "A picture covers the page, and no text was found in it.",
        ),), 4),
        Role("brochure", "marketing"), 31, 24, (("body", 20), ("running", 4)), (CONFLICT, TERM, MISSING),
        carried=(
            Carried("claims", "on-time", "on-message", "Nine in ten leave on time.", Location("page", 1, "page 1")),
        ),
    )
    pitch = DocumentResult(
        _document("sales/pitch.pptx", pages=12), Role("deck", "sales", ("travellers",)), 104, 88,
        (("body", 80), ("notes", 8)), (DRIFT, ACCEPTED),
        carried=(
            Carried("claims", "on-time", "drifted", "All crossings leave on time.", Location("slide", 4, "slide 4")),
        ),
    )
    hostile = DocumentResult(_document("sales/\x1b[31mred\x1b[0m @team.md"), Role(), 9, 9, (("body", 9),), (HOSTILE,))
    clean = DocumentResult(_document("sales/faq.md"), Role("faq", "sales"), 12, 12, (("body", 12),))
    locked = DocumentResult(
        _document("marketing/price-list.pdf", "unread",
                  (Reason("encrypted", "", "The file is encrypted: save it without a password."),)), Role(),
    )
    skipped = DocumentResult(
        _document("archive/old.pdf", "skipped", (Reason("collateral", "", "The guide skips it."),)), Role(skip=True),
    )
    reason = Reason("other-format", "", "Not a format that is read.")
    stray = DocumentResult(Document("sales/logo.woff", "", "", "skipped", (reason,), stray=True), Role())
    every = (brochure, pitch, hostile, clean, locked, skipped, stray)
    results = tuple(sorted(every, key=lambda one: one.document.name))
    return Report(
        "0.1.0", "2026-11-21", "rules", "cd" * 32, Engine("1", "all-MiniLM-L6-v2", "53aa" * 16), results,
        (CONFLICT, TERM, MISSING, HOSTILE, DRIFT, ACCEPTED), AcceptedUse(1, ("v1:9999999999999999",), ()),
        accepted_sha256="ef" * 32, show_all=show_all,
    )
