"""Labelled companies: a guide, its collateral, and a label for every passage.

A company is a folder with `labels.jsonl` and either `guide.yaml` and `collateral/`, or a settings file `msgcheck.toml`
that names the guide, as the samples have it. What a label holds is told in samples/README.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from msgcheck.guide import Guide
    from msgcheck.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
BENCH = ROOT.parent / "shared" / "bench"
AS_OF = "2026-11-21"

FURTHER = ROOT / "benchmarks" / "companies"

_DEVELOPED_ON = {"backup", "energy"}
_HELD_OUT = (
    "bakery", "carshare", "childcare", "cleaning", "coworking", "ferry", "foodlab", "helpdesk", "labels", "legal",
    "shelving", "telecare", "tickets", "timber",
)


def held_out() -> tuple[Path, ...]:
    """The further companies that nothing was fitted on, and whose misses nobody read."""
    return tuple(FURTHER / name for name in _HELD_OUT)


def fitted_on() -> tuple[Path, ...]:
    """The further companies that the pair model was fitted on in place, and the judges in place."""
    return tuple(sorted(path.parent for path in FURTHER.glob("*/labels.jsonl") if path.parent.name not in _HELD_OUT))


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader says of one passage (`quote`), or of a whole document (None).

    `label` is 'on-message', 'neutral', 'finding' or 'ambiguous'; `rules` are the acceptable rules, the best first;
    `approved` are the ids of the entries that may be named, `changes` the kinds of change of which each is right.
    """

    document: str
    quote: str | None
    label: str
    rules: tuple[str, ...] = ()
    approved: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    difficulty: str = "?"
    also_approved: tuple[str, ...] = ()


@dataclass(frozen=True)
class Company:
    """One labelled company; `disclaimers` are the ids of the disclaimers of each claim that has some."""

    name: str
    folder: Path
    labels: tuple[Label, ...]

    @property
    def collateral(self) -> Path:
        inside = self.folder / "collateral"
        return inside if inside.is_dir() else self.folder

    @property
    def settings(self) -> Settings:
        from msgcheck.settings import Given, resolve

        guide = self.folder / "guide.yaml"
        given = Given(guide=guide, root=self.collateral, jobs=1) if guide.is_file() else Given(jobs=1)
        return resolve((self.collateral,), given)

    @cached_property
    def guide(self) -> Guide:
        from msgcheck.guide import load

        return load(self.settings.guide)

    @property
    def disclaimers(self) -> dict[str, tuple[str, ...]]:
        return {claim.id: claim.disclaimer for claim in self.guide.claims if claim.disclaimer}

    @property
    def use(self) -> str:
        """Whether the company was used for development."""
        if self.folder.resolve() == SAMPLES:
            return (
                "in part: the rules on claims, definitions and contradictions were made with its misses in view; "
                "no weight was fitted on it"
            )
        if self.name in _DEVELOPED_ON:
            return "used for development: read, and tried on again and again; no weight was fitted on it"
        if self.folder.resolve().parent == FURTHER:
            known = self.folder.resolve() not in {path.resolve() for path in held_out()}
            return "the judges in place were fitted on it" if known else "held out: not read, nothing fitted on it"
        return "not known to the project: never used for development"


def companies(folders: Iterable[Path] = ()) -> tuple[Company, ...]:
    """The companies in `folders`; without any, the samples and the bench beside the checkout, where it is there."""
    chosen = tuple(folders) or (SAMPLES, *sorted(path.parent for path in BENCH.glob("*/labels.jsonl")))
    return tuple(company(folder) for folder in chosen)


def company(folder: Path) -> Company:
    """Raises FileNotFoundError where the folder holds no labels."""
    lines = (folder / "labels.jsonl").read_text("utf-8").splitlines()
    return Company(folder.resolve().name, folder, tuple(label(json.loads(line)) for line in lines if line.strip()))


def label(given: Mapping[str, Any]) -> Label:
    """One line of `labels.jsonl`."""
    return Label(
        document=document_name(given["document"]),
        quote=given.get("quote"),
        label=given["label"],
        rules=tuple(given.get("rules") or ()),
        approved=_many(given.get("approved")),
        changes=tuple(given.get("changes") or ()),
        difficulty=given.get("difficulty") or "?",
        also_approved=_many(given.get("approved_alt")),
    )


def document_name(path: str) -> str:
    """A document's name as labels have it: from the folder `collateral` on, with forward slashes."""
    flat = path.replace("\\", "/")
    _, inside, rest = flat.partition("collateral/")
    return rest if inside else flat.lstrip("./")


def _many(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)
