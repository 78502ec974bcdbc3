"""The rules: what each of them is (`RULES`), what runs on a document and what compares documents.

A check of `DOCUMENT_CHECKS` is a function `(View) → Iterator[Finding]`; `presence.check_presence` also has to know what
the document's passages carry, and a check of `COLLECTION_CHECKS` is a function `(results, guide, said_by) →
Iterator[Finding]` that sees the compact facts of all documents (`said_by` gives those of the guide). What a check
needs is imported when it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from msgcheck.checks.rules import RULES, Rule

if TYPE_CHECKING:
    from msgcheck.checks.view import View
    from msgcheck.guide.model import Guide
    from msgcheck.model import Assertion, DocumentResult, Finding

__all__ = ["COLLECTION_CHECKS", "DOCUMENT_CHECKS", "RULES", "Rule"]


def names_and_marks(view: View) -> Iterator[Finding]:
    """`brand-name`, `retired-name`, `trademark`, `competitor-mention`."""
    from msgcheck.checks.names import check_names

    return check_names(view)


def vocabulary(view: View) -> Iterator[Finding]:
    """`term`."""
    from msgcheck.checks.terms import check_terms

    return check_terms(view)


def brand_looks(view: View) -> Iterator[Finding]:
    """`brand-color` and `brand-font`."""
    if view.guide.brand is None:
        return iter(())
    from msgcheck.checks.looks import check_looks

    return check_looks(view)


def contradictions(
    results: tuple[DocumentResult, ...], guide: Guide, said_by: Callable[[Guide], tuple[Assertion, ...]]
) -> Iterator[Finding]:
    """`conflicting-claims`."""
    from msgcheck.checks.conflicts import conflicting

    return conflicting(results, guide, said_by)


DOCUMENT_CHECKS: tuple[Callable[[View], Iterator[Finding]], ...] = (names_and_marks, vocabulary, brand_looks)
CollectionCheck = Callable[
    ["tuple[DocumentResult, ...]", "Guide", "Callable[[Guide], tuple[Assertion, ...]]"], "Iterator[Finding]"
]
COLLECTION_CHECKS: tuple[CollectionCheck, ...] = (contradictions,)
