"""The fields a form may name, and what they hold in one audit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from auditor_app.forms.lists import LISTS, Item, Source
from auditor_app.forms.names import Reference, key_of, reference_of, same_name
from auditor_app.forms.singles import singles
from auditor_app.forms.values import NOTHING, Value, Wording, part_of_day, text
from auditor_app.models.audit import Audit
from auditor_app.models.catalogue import LANGUAGES, Catalogue
from auditor_app.models.forms import FieldName
from auditor_app.models.scoring import score_audit
from auditor_app.models.standard import Standard

_NODE = ("clause", "title", "points", "applicable", "earned", "lost", "open", "judged", "total")
_INDICATOR = (
    *("clause", "title", "points", "rule", "verdict", "checked", "failed", "earned", "lost", "reason", "note"),
)
_DOCUMENT = (
    *("id", "title", "group", "applies", "why", "status", "number", "issued", "expires", "validity", "copies"),
    "remark",
)
_FINDING = (
    *("number", "grade", "clause", "clause_title", "facts", "site", "found_by", "found_on", "correction", "cause"),
    *("measure", "owner", "due", "result", "verified_by", "verified_on"),
)
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "documents": _DOCUMENT,
    "indicators": _INDICATOR,
    "chapters": _NODE,
    "groups": _NODE,
    "findings": _FINDING,
    "sites": ("number", "id", "name", "address", "kind", "operated", "staff", "sampled"),
    "team": ("number", "name", "registration", "role", "clauses"),
    "samples": ("number", "clause", "title", "what", "checked_on", "site", "result", "remark"),
    "deductions": ("number", "ground", "clause", "clause_title", "facts", "site", "points", "finding"),
    "subcontracting": ("number", "activity", "contractor"),
    "conditions": ("number", "title", "judgement"),
    "losses": ("number", *_INDICATOR),
}
"""What a row of each list has, also while the list is empty."""

OF_THE_STANDARD = frozenset({"documents", "indicators", "chapters", "groups", "conditions"})
"""Lists that are the same for every audit by one standard."""

TICKED, NOT_TICKED = "☑", "□"
LONGEST_EXAMPLE = 80


class Fields:
    """Every field with its value in one audit."""

    def __init__(self, standard: Standard, audit: Audit, language: str, today: date) -> None:
        """Work out all values, worded in `zh` or `en`, as they stand on the day the form is filled."""
        words = Wording(standard, {site.id: site.name for site in audit.sites}, language)
        source = Source(standard, audit, score_audit(standard, audit), words, today)
        self.singles = singles(source)
        self.lists: dict[str, list[Item]] = {name: make(source) for name, make in LISTS.items()}
        self._words = words
        self._by_key = {name.lower(): name for name in names()}
        self._titles: dict[str, str] = {}
        self._columns: dict[str, dict[str, str]] = {name: {} for name in COLUMNS}
        for each in LANGUAGES:
            self._learn_titles(words.catalogue if each == language else Catalogue.load(each, "forms"))
        self._by_defined_name = {same_name(name): name for name in names()}

    def _learn_titles(self, catalogue: Catalogue) -> None:
        """Know the fields by their titles in a language too."""
        for name in SINGLES:
            self._by_key.setdefault(key_of(catalogue.text("form_field", name)), name)
        for name, columns in COLUMNS.items():
            self._titles.setdefault(key_of(catalogue.text("form_list", name)), name)
            for column in columns:
                self._columns[name].setdefault(key_of(_column_title(catalogue, name, column)), column)

    def reference(self, key: str) -> Reference | None:
        """Return what a placeholder names, None for no field: by name, or by its title in either language."""
        reference = reference_of(key)
        if not reference.list:
            name = self._by_key.get(reference.field)
            return None if name is None else Reference(name, part=reference.part, equals=reference.equals)
        name = self._list_name(reference.list)
        column = self._column_name(name, reference.field)
        if name is None or column is None:
            return None
        # A form may have lines for five team members where there are three, but no chapter is ever missing.
        may_be_missing = name not in OF_THE_STANDARD and reference.item is not None and _is_number(reference.item)
        if reference.item is not None and self._item(name, reference.item) is None and not may_be_missing:
            return None
        return Reference(column, name, reference.item, reference.part, reference.equals)

    def named(self, defined: str) -> str | None:
        """Return the name of the field that a defined name means, None for none."""
        return self._by_defined_name.get(same_name(defined))

    def value(self, reference: Reference, row: int = 0) -> Value:
        """Return a value; of a list without an item that of its row (from 0), nothing past its end."""
        if not reference.list:
            found = self.singles[reference.field]
        else:
            items = self.lists[reference.list]
            item = (
                self._item(reference.list, reference.item)
                if reference.item is not None
                else (items[row] if row < len(items) else None)
            )
            if item is None:
                # A box that nothing ticks is still a box, save where there is no row for it.
                return NOTHING
            found = item.row[reference.field]
        if reference.part:
            found = part_of_day(found, reference.part)
        return found if reference.equals is None else _box(found, reference.equals)

    def whole(self, reference: Reference) -> Value:
        """Return a value for a place with room for one only: a list is told as one text."""
        if not reference.list or reference.item is not None:
            return self.value(reference)
        return text(self._words.joined(self.value(reference, row).text for row in range(self.rows(reference) or 0)))

    def rows(self, reference: Reference) -> int | None:
        """Return how many rows a list has, None for a single value."""
        return len(self.lists[reference.list]) if reference.list and reference.item is None else None

    def choices(self) -> Iterator[FieldName]:
        """Yield every field for people to choose, with what it holds."""
        catalogue = self._words.catalogue
        for name in names():
            reference = reference_of(name)
            value = self.whole(reference).text
            example = " ".join(value[: LONGEST_EXAMPLE + 1].split())
            if len(example) > LONGEST_EXAMPLE:
                example = f"{example[: LONGEST_EXAMPLE - 1]}…"
            yield FieldName(name, title_of(catalogue, name), example)

    def _list_name(self, written: str) -> str | None:
        return written if written in COLUMNS else self._titles.get(written)

    def _column_name(self, listed: str | None, written: str) -> str | None:
        if listed is None:
            return None
        return written if written in COLUMNS[listed] else self._columns[listed].get(written)

    def _item(self, listed: str, wanted: str) -> Item | None:
        items = self.lists[listed]
        for item in items:
            if item.key.lower() == wanted:
                return item
        return items[int(wanted) - 1] if _is_number(wanted) and 0 < int(wanted) <= len(items) else None


def names() -> tuple[str, ...]:
    """Return the names of all fields, single ones first."""
    from_lists = (f"{name}[].{column}" for name, columns in COLUMNS.items() for column in columns)
    return (*SINGLES, *from_lists)


def title_of(catalogue: Catalogue, name: str) -> str:
    """Return what a field is, in words."""
    reference = reference_of(name)
    if not reference.list:
        return catalogue.text("form_field", name)
    column = _column_title(catalogue, reference.list, reference.field)
    return catalogue.text("form_words", "of_list", list=catalogue.text("form_list", reference.list), column=column)


def _column_title(catalogue: Catalogue, listed: str, column: str) -> str:
    return catalogue.text("form_column", f"{listed}.{column}")


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdigit() and len(written) <= 5


def _box(value: Value, wanted: str) -> Value:
    """Return a ticked box when a value is the one wanted, by its word or as the program stores it."""
    is_it = wanted in (key_of(value.text), *value.stored.lower().split())
    return text(TICKED if is_it else NOT_TICKED)


SINGLES = (
    *("company.name", "company.credit_code", "company.legal_representative", "company.registered_address"),
    *("company.operating_address", "company.kinds", "company.industry", "company.products", "company.scope"),
    *("company.employees", "company.after_sales_staff", "company.service_management_staff"),
    *("company.certified_service_managers", "company.required_managers", "company.three_in_one"),
    *("company.needs_licence", "company.hotline", "company.website"),
    *("contact.name", "contact.phone", "contact.email"),
    *("audit.number", "audit.kind", "audit.mode", "audit.mode_code", "audit.starts", "audit.ends", "audit.period"),
    *("audit.man_days", "audit.applied_level"),
    *("opening.at", "opening.place", "opening.attendees", "closing.at", "closing.place", "closing.attendees"),
    *("leader.name", "leader.registration", "team.names", "team.others"),
    *("score", "level", "level.next", "level.missing"),
    *("points.whole", "points.applicable", "points.earned", "points.lost", "points.open"),
    *("indicators.judged", "indicators.total"),
    *("deductions.count", "deductions.points_off", "bonus.given", "bonus.points", "bonus.reason"),
    *("conclusion", "conclusion.reasons", "conclusion.draft"),
    *("documents.needed", "documents.received", "findings.count", "findings.major", "findings.minor"),
    *("findings.observations", "findings.open", "sites.count", "samples.count"),
    *("previous.number", "previous.level", "previous.issued", "previous.expires"),
    *("standard.reference", "standard.title", "standard.version", "form.date", "form.program"),
)
"""The values an audit has once, in the order people look for them."""
