"""Questions put to an endpoint one after the other, and what became of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from msgcheck.cache import Cache, key
from msgcheck.matching.second_opinion.client import Client, NoAnswer
from msgcheck.matching.second_opinion.dialogue import (
    Content,
    Opinion,
    is_askable,
    messages,
    opinion_of,
    response_format,
)
from msgcheck.matching.second_opinion.endpoint import Endpoint
from msgcheck.model import Question

_PATIENCE = 2                            # failures one after the other from which the endpoint is left alone


@dataclass(frozen=True, slots=True)
class Opinions:
    """The answers by what was asked, on how many questions, and what went wrong, if anything, in one sentence."""

    given: Mapping[Content, Opinion]
    asked: int = 0
    trouble: str = ""


def chosen(questions: Sequence[Question], limit: int) -> tuple[Question, ...]:
    """At most `limit` different questions, those most in doubt first; whatever order they come in."""
    different = {one.content: one for one in sorted(questions, key=lambda one: (-one.doubt, one.content))}
    askable = [one for one in different.values() if is_askable(one)]
    return tuple(sorted(askable, key=lambda one: (one.doubt, one.content))[:limit])


def ask(
    questions: Sequence[Question], at: Endpoint, cache: Cache | None = None,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> Opinions:
    """The opinions on `questions`, one after the other, from the cache where the same was asked before.

    An answer that is none, or fits no `Answer`, is left out; after two failures in a row nothing more is asked.
    """
    given: dict[Content, Opinion] = {}
    failures: list[str] = []
    in_a_row = 0
    client = Client(at, response_format())
    for number, question in enumerate(questions):
        step(number, len(questions))
        name = _name(question, at)
        kept = cache.get("opinion", name) if cache else None
        opinion = opinion_of(kept.decode("utf-8", "replace"), question, at.model) if kept is not None else None
        if opinion is None and in_a_row < _PATIENCE:
            try:
                said = client.answer(messages(question))
                in_a_row = 0
                opinion = opinion_of(said, question, at.model)
                if opinion is None:
                    failures.append("it said what is no answer")
                elif cache:
                    cache.put("opinion", name, said.encode("utf-8"))
            except NoAnswer as error:
                in_a_row += 1
                failures.append(str(error))
        if opinion is not None:
            given[question.content] = opinion
    return Opinions(given, len(questions), _trouble(at, failures, len(questions), len(given), in_a_row >= _PATIENCE))


def _trouble(at: Endpoint, failures: Sequence[str], asked: int, answered: int, left_alone: bool) -> str:
    if not failures:
        return ""
    ways = ", ".join(dict.fromkeys(failures))
    then = "; it was not asked again" if left_alone else ""
    return (
        f"The second opinion of '{at.model}' is missing for {asked - answered} of {asked} passages ({ways}{then}). "
        "They stand as the engine alone sees them."
    )


def _name(question: Question, at: Endpoint) -> bytes:
    """The cache's key: all that an answer depends on."""
    return key("opinion", at.url, at.model, json.dumps(messages(question)))
