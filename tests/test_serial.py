import types
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgcheck.model import Block, Document, DocumentResult, Finding, Location, Role
from msgcheck.serial import Misfit, dump, load, schema

BLOCK = Block("A b-\nc", "A bc", "paragraph", "body", Location("page", 3, "p. 3", ((1.0, 2, 3.5, 4.25),), (595.0, 842)))


TEXTS = st.text(st.sampled_from("aé\n\u00ad\ud800"), max_size=3)


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type of the model, kept small."""
    parts = get_args(kind)
    if is_dataclass(kind):
        return st.builds(kind, **{name: values(hint) for name, hint in get_type_hints(kind).items()})
    if get_origin(kind) is Literal:
        return st.sampled_from(parts)
    if get_origin(kind) is tuple and parts[1:] == (...,):
        return st.one_of(st.just(()), st.tuples(values(parts[0])), st.tuples(values(parts[0]), values(parts[0])))
    if get_origin(kind) is tuple:
        return st.tuples(*map(values, parts))
    if parts:
        return st.one_of(*map(values, parts))
    floats = st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 9))
    return {str: TEXTS, int: st.integers(), float: floats, types.NoneType: st.none(), bool: st.booleans()}[kind]


@settings(max_examples=60, deadline=None)
@given(values(DocumentResult))
def test_a_result_comes_back_as_it_was(result: DocumentResult) -> None:
    again = load(DocumentResult, dump(result))
    assert again == result
    assert repr(again) == repr(result)                     # 1 stays 1 and 1.0 stays 1.0


@settings(max_examples=30, deadline=None)
@given(values(Document))
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    assert load(Document, dump(document)) == document


def test_whatever_a_text_holds_comes_back() -> None:
    block = replace(BLOCK, text="\x00\ud800\u2028 “é” 樽 \U0001f600", cells=("", "\n"))
    assert load(Block, dump(block)) == block


@pytest.mark.parametrize("data", [
    b"", b"{}", b"[]", b"null", b"[1]", b'["a"', b"\xff", b'["a","text","0","read",[],[],null,"","en"]',
    b'["a","text","0","odd",[],[],null,"","en",[],[],false]', b'["a","text","0","read",[],[],true,"","en",[],[],false]',
    b'["a","text","0","read",[],[],1.0,"","en",[],[],false]', b'["a","text","0","read",{},[],1,"","en",[],[],false]',
    b'["a","text","0","read",[],[],1,"","en",[["x"]],[],false]', b'[7,"text","0","read",[],[],1,"","en",[],[],false]',
    b"[" * 100_000,
])
def test_what_does_not_fit_is_refused(data: bytes) -> None:
    with pytest.raises(Misfit):
        load(Document, data)


def test_the_example_that_is_broken_above_fits_as_it_should() -> None:
    assert load(Document, b'["a","text","0","read",[],[],1,"","en",[],[],false]').pages == 1


@pytest.mark.parametrize("value", [object(), {"a": 1}, [1], float("nan"), Role(kind=b"x"), (float("inf"),)])  # type: ignore[arg-type]
def test_what_is_not_plain_data_is_not_written(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        dump(value)


def test_the_schema_knows_every_field_within() -> None:
    @dataclass(frozen=True)
    class Inner:
        a: int

    @dataclass(frozen=True)
    class Other:
        a: str

    def outer(inner: type, kind: object) -> type:
        made = dataclass(frozen=True)(type("Outer", (), {"__annotations__": {"x": tuple[inner, ...], "y": kind}}))
        assert is_dataclass(made) and len(fields(made)) == 2
        return made

    assert schema(outer(Inner, int)) == schema(outer(Inner, int))
    kinds = [outer(Inner, int), outer(Inner, int | None), outer(Other, int), outer(Inner, Literal["a"])]
    assert len({schema(kind) for kind in kinds}) == len(kinds)
    assert schema(Finding) != schema(DocumentResult)
