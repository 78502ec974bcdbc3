"""Reports made in code: every rule and kind of change, hostile words in every field, and many findings."""

from __future__ import annotations

import io
from dataclasses import replace

from msgcheck.checks.rules import RULES
from msgcheck.model import (
    CHANGE_KINDS,
    Also,
    Approved,
    Block,
    Carried,
    Change,
    Document,
    DocumentResult,
    Engine,
    Entry,
    Finding,
    Location,
    Picture,
    Reason,
    Related,
    Report,
    Role,
)

HOSTILE = (
    "<script>window.hit=1</script></style></script><img src=x onerror=window.hit=1> javascript:window.hit=1 "
    '" onmouseover="window.hit=1 &lt;b&gt; ${hit} {{hit}} \x1b[31m\x00 \u202eevil\u202c 😀 שלום \u2028 ]]> <!-- \ud800'
)

ENTRIES = (
    Entry("messages", "crossing", "The crossing takes no more than 40 minutes.", "Speed", owner="Product"),
    Entry("messages", "cars", "Drive on, drive off: no reversing on any of our ships.", "Ease"),
    Entry(
        "claims",
        "on-time",
        "Nine in ten crossings leave on time.",
        "",
        "Harbour log 2026",
        "Operations",
        expires="2027-01-31",
    ),
)


def drift(number: int = 0, document: str = "sales/pitch.pptx", **fields: object) -> Finding:
    """A passage that says 30 minutes where 40 are approved."""
    text = "On board it takes no more than 30 minutes."
    finding = Finding(
        rule="message-drift",
        message="Says '30 minutes'; approved is '40 minutes'.",
        document=document,
        layer="body",
        location=Location("slide", number % 12 + 1, f"slide {number % 12 + 1}", ((72, 144, 612, 180),), (960, 540)),
        block=f"Why they come: {text} Ask crew {number}.",
        text=text,
        start=15,
        end=15 + len(text),
        approved=Approved("messages", "crossing", ENTRIES[0].statement, ENTRIES[0].statement, None, "Product"),
        changes=(Change("timeframe", "40 minutes", "30 minutes"),),
        similarity=0.91,
        confidence=0.95,
        suggestion=ENTRIES[0].statement,
        why=("Compared with message crossing.",),
        fingerprint=f"v1:{number:016x}",
    )
    return replace(finding, **fields)  # type: ignore[arg-type]


def report(findings: tuple[Finding, ...], pictures: tuple[Picture, ...] = (), **roles: Role) -> Report:
    """A report of `findings`, its documents those that they name, owned by their first folder."""
    names = sorted({finding.document for finding in findings})
    results = []
    for name in names:
        suffix = name.rpartition(".")[2]
        own = tuple(finding for finding in findings if finding.document == name)
        carried = tuple(
            Carried(one.approved.section, one.approved.id, "drifted", one.text or "", one.location)
            for one in own
            if one.rule == "message-drift" and one.approved
        )
        blocks = tuple(
            Block(text, text, "paragraph", "body", Location("paragraph", at, f"paragraph {at}"))
            for at, text in enumerate(("The line above.", own[0].block or "", "The line below."), 1)
        )
        results.append(
            DocumentResult(
                Document(
                    name,
                    suffix,
                    "ab" * 32,
                    "read",
                    (),
                    blocks,
                    12 if suffix in ("pptx", "pdf") else None,
                    "slide" if suffix == "pptx" else "page" if suffix == "pdf" else "",
                ),
                roles.get(name) or Role("deck", name.partition("/")[0], ("travellers",) if suffix == "pptx" else ()),
                40,
                30,
                (("body", 30),),
                own,
                (),
                carried,
            )
        )
    return Report(
        "0.1.0",
        "2026-11-21",
        "rules/messaging.yaml",
        "cd" * 32,
        Engine("1", "all-MiniLM-L6-v2", "53aa" * 16),
        tuple(results),
        findings,
        entries=ENTRIES,
        pictures=pictures,
    )


def every_rule() -> Report:
    """A finding of every rule and of every kind of change, in two departments."""
    findings = [
        Finding(
            rule.id,
            f"A finding of {rule.id}.",
            ("sales/pitch.pptx", "marketing/folder.pdf")[at % 2],
            "body",
            Location("page", 1, "page 1"),
            "Some words stand here.",
            "words",
            5,
            10,
            severity=rule.severity,
            approved=Approved("messages", "cars", ENTRIES[1].statement) if at % 3 else None,
            fingerprint=f"v1:{at:016x}",
        )
        for at, rule in enumerate(RULES.values())
    ]
    findings += [drift(100 + at, changes=(Change(kind, "40", "30"),)) for at, kind in enumerate(CHANGE_KINDS)]
    return report(tuple(findings))


def hostile() -> Report:
    """Strange words wherever words can stand."""
    bad = HOSTILE
    place = Location("slide", 1, bad, ((0, 0, 960, 540),), (960, 540))
    finding = Finding(
        bad,
        bad,
        f"sales/{bad}.pptx",
        "body",
        place,
        f"{bad} {bad}",
        bad,
        0,
        len(bad),
        Approved(bad, bad, bad, bad + " more", bad, bad),
        (Change("scope", bad, bad),),
        (Also(bad, bad),),
        (Related(bad, place, bad),),
        0.5,
        0.5,
        bad,
        (bad,),
        "error",
        "open",
        bad,
    )
    made = report((finding, replace(finding, approved=None, status="accepted")))
    result = made.results[0]
    document = replace(result.document, status="partly-read", reasons=(Reason(bad, bad, bad),), sha256=bad)
    result = replace(
        result,
        document=document,
        role=Role(bad, bad, (bad,)),
        carried=(Carried("messages", bad, "drifted", bad, place),),
    )
    other = replace(result, document=replace(document, name="b.md"), role=Role(bad, "b" + bad), findings=())
    slide = (
        '{"bg":"red;}</script>","shapes":[{"b":[10,10,500,200],"fill":"url(http://example.invalid/x)",'
        '"p":[{"a":"\\" onclick=1","r":[["</script><img src=x onerror=window.hit=1>",20,"#000000",0,0]]}]}]}'
    )
    return replace(
        made,
        results=(result, other),
        entries=(Entry("messages", bad, bad, bad, bad, bad, reason=bad),),
        guide_path=bad,
        as_of=bad,
        version=bad,
        pictures=(Picture(result.document.name, "slide", 1, 960, 540, "application/json", slide.encode()),),
    )


def many(count: int, pages: int = 0, size: int = 0) -> Report:
    """`count` findings over documents of 50, and `pages` pictures of `size` bytes that are pictures only in name."""
    findings = tuple(drift(at, f"sales/deck-{at // 50:03}.pptx") for at in range(count))
    pictures = tuple(
        Picture(
            f"sales/deck-{at // 12:03}.pptx", "slide", at % 12 + 1, 960, 540, "image/webp", bytes([at % 251]) * size
        )
        for at in range(pages)
    )
    return report(findings, pictures)


def page_picture(document: str, number: int) -> Picture:
    """A real small picture: grey with a dark bar."""
    from PIL import Image

    image = Image.new("RGB", (300, 424), "#dddddd")
    image.paste("#444444", (20, 200, 280, 210))
    stream = io.BytesIO()
    image.save(stream, "WEBP")
    return Picture(document, "page", number, 595.3, 841.9, "image/webp", stream.getvalue())
