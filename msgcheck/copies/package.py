"""An Office package of which a few parts are changed: every other part stays byte for byte as it was."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Any

from msgcheck.errors import Unreadable

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MOST = 512 * 1024 * 1024     # bytes that the parts which are opened may unpack to


class Package:
    """The zip `data`; `xml(name)` gives a part's root, which `save` writes if `touch` named it."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise Unreadable("damaged", "The file is encrypted or damaged: it is no Office package.") from error
        self.names = [info.filename for info in self._zip.infolist()]
        self._roots: dict[str, Any] = {}
        self._touched: set[str] = set()
        self._left = _MOST

    def xml(self, name: str) -> Any:
        """The root element of a part; raises `Unreadable` for one that is missing, too large or no XML."""
        from lxml import etree

        if name not in self._roots:
            try:
                size = self._zip.getinfo(name).file_size
                if size > self._left:
                    raise Unreadable("too-large", f"The part {name} is too large.")
                self._left -= size
                parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
                self._roots[name] = etree.fromstring(self._zip.read(name), parser)
            except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile, RuntimeError, ValueError) as error:
                raise Unreadable("damaged", f"The part {name} is missing or damaged.") from error
        return self._roots[name]

    def touch(self, name: str) -> None:
        """The part was changed and is to be written."""
        self._touched.add(name)

    def add(self, name: str, root: Any, content_type: str) -> None:
        """A new part, with its content type."""
        from lxml import etree

        self._roots[name] = root
        self.touch(name)
        types = self.xml("[Content_Types].xml")
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)
        self.touch("[Content_Types].xml")

    def related(self, name: str) -> list[tuple[str, str, str]]:
        """The relations of a part to other parts: id, type, name of the target."""
        relations = _relations_of(name)
        if relations not in self.names and relations not in self._roots:
            return []
        return [
            (one.get("Id", ""), one.get("Type", ""), _target(name, one.get("Target", "")))
            for one in self.xml(relations)
            if one.tag == f"{{{_RELATIONS}}}Relationship" and one.get("TargetMode") != "External"
        ]

    def relate(self, name: str, kind: str, target: str) -> None:
        """A new relation of type `kind` from the part `name` to the part `target`."""
        from lxml import etree

        relations = _relations_of(name)
        if relations not in self.names and relations not in self._roots:
            self._roots[relations] = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})  # type: ignore[dict-item]  # None is the default namespace
        root = self.xml(relations)
        taken = {one.get("Id") for one in root}
        number = next(at for at in range(1, len(taken) + 2) if f"rIdMsgcheck{at}" not in taken)
        path = posixpath.relpath(target, posixpath.dirname(name))
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=f"rIdMsgcheck{number}", Type=kind, Target=path)
        self.touch(relations)

    def fresh(self, pattern: str) -> str:
        """The first name of the form `pattern` (with `{}` for a number) that is not taken."""
        number = 1
        while pattern.format(number) in self.names or pattern.format(number) in self._roots:
            number += 1
        return pattern.format(number)

    def save(self) -> bytes:
        """The package with what was touched; times and order of the other parts stay."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
            for info in self._zip.infolist():
                if info.filename in self._touched:
                    made.writestr(info, self._text(info.filename), zipfile.ZIP_DEFLATED)
                else:
                    made.writestr(info, self._zip.read(info), info.compress_type)
            for name in sorted(self._touched - set(self.names)):
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                made.writestr(info, self._text(name), zipfile.ZIP_DEFLATED)
        return stream.getvalue()

    def _text(self, name: str) -> bytes:
        from lxml import etree

        return bytes(etree.tostring(self._roots[name], xml_declaration=True, encoding="UTF-8", standalone=True))


def _relations_of(name: str) -> str:
    folder, _, last = name.rpartition("/")
    return f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels"


def _target(name: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
