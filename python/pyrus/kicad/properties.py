"""Properties: names and values that footprints and symbols carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NoReturn, Protocol, TypeVar

from pyrus.kicad import lists
from pyrus.sexp import pcb

__all__ = ["Property", "PropertyNotSet", "strip_duplicate_ref_texts"]


class PropertyLike(Protocol):
    """A property of a footprint, a symbol or a component."""

    name: str
    value: str


class HasProperties(Protocol):
    """A record with properties."""

    @property
    def propertys(self) -> Sequence[Any]:
        """They, in the order of the file."""
        ...


P = TypeVar("P", bound=PropertyLike)


class PropertyNotSet(lists.KeyErrorNotFound):
    """There is no property of that name."""


class Property:
    """Helpers for lists of properties; a namespace, never made."""

    @staticmethod
    def get_property_obj(properties: Iterable[P], name: str) -> P:
        """The live property of that name. Raises PropertyNotSet, or KeyErrorAmbiguous when there are several."""
        found = lists.try_get(properties, name)
        if found is None:
            raise PropertyNotSet(f"there is no property {name!r}")
        return found

    @staticmethod
    def get_property(properties: Iterable[PropertyLike], name: str) -> str:
        """The value of that property. Raises PropertyNotSet, or KeyErrorAmbiguous when there are several."""
        return Property.get_property_obj(properties, name).value

    @staticmethod
    def try_get_property(properties: Iterable[PropertyLike], name: str) -> str | None:
        """The value of that property, or None. Raises KeyErrorAmbiguous when there are several."""
        found = lists.try_get(properties, name)
        return None if found is None else found.value

    @staticmethod
    def property_dict(properties: Iterable[PropertyLike]) -> dict[str, str]:
        """All values by their names; of several the last."""
        return {one.name: one.value for one in properties}

    @staticmethod
    def set_property(parent: HasProperties, property: P, index: int | None = None) -> P:
        """Set the value of the property of that name, or add a copy of `property` (at `index`); return the live one.

        Of a property that exists only the value changes: its place, layer and looks are the user's.
        """
        found = lists.try_get(parent.propertys, property.name)
        if found is not None:
            found.value = property.value
            live: P = found
            return live
        added: P = lists.set(parent, "propertys", parent.propertys, property, index=index)
        return added

    @staticmethod
    def delete_property(parent: HasProperties, name: str) -> None:
        """Remove all properties of that name."""
        lists.delete(parent, "propertys", parent.propertys, name)

    class checksum:
        """The checksum that tools leave in a property; it is kept and removed here, never computed."""

        PROPERTY_NAME = "__checksum"

        @staticmethod
        def get_checksum(parent: HasProperties) -> str:
            """The checksum. Raises PropertyNotSet."""
            return Property.get_property(parent.propertys, Property.checksum.PROPERTY_NAME)

        @staticmethod
        def delete_checksum(parent: HasProperties) -> None:
            """Remove it."""
            Property.delete_property(parent, Property.checksum.PROPERTY_NAME)

        @staticmethod
        def set_checksum(parent: HasProperties) -> NoReturn:
            """Not offered: what is summed up is the caller's to say."""
            raise NotImplementedError("what a checksum covers is for the caller to define: use Property.set_property")

        @staticmethod
        def verify_checksum(parent: HasProperties) -> NoReturn:
            """Not offered: what is summed up is the caller's to say."""
            raise NotImplementedError("what a checksum covers is for the caller to define: use get_checksum")


def strip_duplicate_ref_texts(texts: Iterable[pcb.FpText]) -> list[pcb.FpText]:
    """The texts that do not only repeat the footprint's reference (`${REFERENCE}`, before KiCad 6 `%R`)."""
    return [text for text in texts if text.text.strip() not in ("${REFERENCE}", "%R")]
