"""A workbook as its parts: what is not touched is written back byte for byte."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from auditor_app.forms.guard import CONTENT_TYPES, parts_of
from auditor_app.forms.problems import FormProblem
from auditor_app.forms.tree import Node, parse, written

MOST_SHEETS = 200


@dataclass(frozen=True)
class Relation:
    """What a part refers to: the last word of the type of the relation, and the part, empty for one outside."""

    id: str
    kind: str
    part: str


@dataclass(frozen=True)
class Sheet:
    """A worksheet: its title, its part, its place among all sheets, whether it is hidden."""

    title: str
    part: str
    place: int
    hidden: bool


class Package:
    """The parts of one workbook; trees that were asked for are written back when `save` is called."""

    def __init__(self, data: bytes) -> None:
        """Read the parts; raises `FormProblem`."""
        self.parts = parts_of(data)
        self._trees: dict[str, Node] = {}
        self.workbook = self._find_workbook()
        self.sheets = self._find_sheets()

    def tree(self, part: str) -> Node:
        """Return a part as a tree; raises `FormProblem`."""
        if part not in self._trees:
            if part not in self.parts:
                raise FormProblem("damaged", part)
            self._trees[part] = parse(self.parts[part])
        return self._trees[part]

    def relations(self, part: str) -> list[Relation]:
        """Return what a part refers to, in order; raises `FormProblem`."""
        name = _relations_of(part)
        if name not in self.parts:
            return []
        return [
            Relation(node.attributes.get("Id", ""), _last_word(node.attributes.get("Type", "")), _target(part, node))
            for node in self.tree(name).all("Relationship")
        ]

    def related(self, part: str, kind: str) -> list[str]:
        """Return the parts that a part refers to in one way and that are there."""
        return [each.part for each in self.relations(part) if each.kind == kind and each.part in self.parts]

    def add_part(self, part: str, content: bytes, content_type: str) -> None:
        """Add a part and say what it is."""
        self.parts[part] = content
        types = self.tree(CONTENT_TYPES)
        types.children.append(types.made("Override", {"PartName": f"/{part}", "ContentType": content_type}))

    def relate(self, part: str, kind_url: str, target: str) -> None:
        """Have a part refer to another."""
        root = self.tree(_relations_of(part))
        taken = {node.attributes.get("Id") for node in root.nodes}
        name = next(name for number in range(len(taken) + 1) if (name := f"filled{number}") not in taken)
        root.children.append(root.made("Relationship", {"Id": name, "Type": kind_url, "Target": f"/{target}"}))

    def drop(self, part: str) -> None:
        """Take a part out, with what is said of it; who refers to it must be told by `unrelate`."""
        self.parts.pop(part, None)
        self._trees.pop(part, None)
        types = self.tree(CONTENT_TYPES)
        types.children = [
            child
            for child in types.children
            if isinstance(child, str) or child.attributes.get("PartName", "").lstrip("/") != part
        ]

    def unrelate(self, part: str, target: str) -> None:
        """Take out what a part says of another; an empty name is the package itself."""
        name = _relations_of(part)
        if name in self.parts:
            root = self.tree(name)
            root.children = [c for c in root.children if isinstance(c, str) or _target(part, c) != target]

    def save(self, file: BinaryIO) -> None:
        """Write the workbook to a file."""
        for part, tree in self._trees.items():
            self.parts[part] = written(tree)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
            for part, content in self.parts.items():
                target.writestr(part, content)

    def saved(self) -> bytes:
        """Return the workbook as the content of a file."""
        result = BytesIO()
        self.save(result)
        return result.getvalue()

    def _find_workbook(self) -> str:
        found = self.related("", "officeDocument")
        if not found:
            raise FormProblem("not_a_workbook")
        root = self.tree(found[0])
        if root.name != "workbook":
            raise FormProblem("not_a_workbook")
        return found[0]

    def _find_sheets(self) -> list[Sheet]:
        relations = {each.id: each for each in self.relations(self.workbook)}
        container = self.tree(self.workbook).child("sheets")
        nodes = container.all("sheet") if container is not None else []
        if len(nodes) > MOST_SHEETS:
            raise FormProblem("too_large_inside")
        sheets = []
        for place, node in enumerate(nodes):
            key = next((value for name, value in node.attributes.items() if name.endswith(":id")), "")
            relation = relations.get(key)
            if relation is None or relation.part not in self.parts:
                raise FormProblem("damaged")
            if relation.kind == "worksheet":
                hidden = node.attributes.get("state", "visible") != "visible"
                sheets.append(Sheet(node.attributes.get("name", ""), relation.part, place, hidden))
        if not sheets:
            raise FormProblem("no_sheets")
        return sheets


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _last_word(url: str) -> str:
    return url.rpartition("/")[2]


def _target(part: str, node: Node) -> str:
    if node.attributes.get("TargetMode") == "External":
        return ""
    target = node.attributes.get("Target", "").partition("#")[0]
    if not target:
        return ""
    path = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target))
    return path.lstrip("/")
