"""What every fake COM object does: members by name, each call counted, errors as COM reports them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MethodType
from typing import Any, ClassVar

from excel.pywin32_stubs import BAD_INDEX, UNKNOWN_NAME, ComError, Dispatched, com_error
from excel.values import ExcelError
from excel.wire import EXCEPTION, Role, Wire


def unwrapped(value: Any) -> Any:
    """An object without the wrapper that tries calls again."""
    return object.__getattribute__(value, "_inner") if hasattr(value, "_inner") else value


class _Ole:
    """The interface behind an object, asked by xlwings after an AttributeError."""

    def GetIDsOfNames(self, _: int, name: str) -> int:
        raise ComError(UNKNOWN_NAME, f"Unknown name: {name}")


class ComObject(Dispatched):
    """An object of Excel. A subclass defines members as `get_Name`, `set_Name` and `do_Name`.

    `WALKS` leads to another object; `READS` are methods that change nothing.
    """

    WALKS: ClassVar[frozenset[str]] = frozenset()
    READS: ClassVar[frozenset[str]] = frozenset()
    _oleobj_ = _Ole()

    def __init__(self, wire: Wire, **inner: Any) -> None:
        vars(self).update(inner, wire=wire)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} (fake COM)>"

    def __getattr__(self, item: str) -> Any:
        if item.startswith("_") or item[:4] in ("get_", "set_", "do_"):
            raise AttributeError(item)
        if hasattr(type(self), f"do_{item}"):
            return MethodType(self._method(item), self)
        getter = getattr(self, f"get_{item}", None) if hasattr(type(self), f"get_{item}") else None
        if getter is None:
            raise AttributeError(f"{type(self).__name__}.{item}")
        return self._crossed(item, "walk" if item in self.WALKS else "read", getter)

    def __setattr__(self, item: str, value: Any) -> None:
        if not hasattr(type(self), f"set_{item}"):
            raise TypeError(f"Property '{type(self).__name__}.{item}' can not be set.")
        self._crossed(item, "write", getattr(self, f"set_{item}"), value)

    def _method(self, name: str) -> Callable[..., Any]:
        role: Role = "walk" if name in self.WALKS else "read" if name in self.READS else "write"

        def call(owner: ComObject, *args: Any, **kwargs: Any) -> Any:
            return owner._crossed(name, role, getattr(owner, f"do_{name}"), *args, **kwargs)

        return call

    def _crossed(self, name: str, role: Role, member: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self.wire.cross(type(self).__name__, name, role)
        try:
            return member(*args, **kwargs)
        except ExcelError as error:
            raise com_error(EXCEPTION, str(error)) from error


class ComCollection(ComObject):
    """A collection: by name or one-based number, countable, iterable. A subclass says what its items are."""

    WALKS = frozenset({"Item", "Application", "Parent"})

    def items(self) -> list[Any]:
        """The things of the model."""
        raise NotImplementedError

    def item_name(self, thing: Any) -> str:
        """By what a thing is found."""
        found: str = thing.name
        return found

    def wrapped(self, thing: Any) -> ComObject:
        """The COM object over a thing."""
        raise NotImplementedError

    def get_Count(self) -> int:
        return len(self.items())

    def do_Item(self, key: str | int) -> ComObject:
        things = self.items()
        if isinstance(key, int) and 1 <= key <= len(things):
            return self.wrapped(things[key - 1])
        for thing in things:
            if isinstance(key, str) and self.item_name(thing).casefold() == key.casefold():
                return self.wrapped(thing)
        raise ComError(EXCEPTION, "Exception occurred.", (0, None, None, None, 0, BAD_INDEX))

    def __call__(self, key: str | int) -> Any:
        return self._crossed("Item", "walk", self.do_Item, key)

    def __iter__(self) -> Iterator[ComObject]:
        for thing in list(self.items()):
            self.wire.cross(type(self).__name__, "Item", "walk")
            yield self.wrapped(thing)
