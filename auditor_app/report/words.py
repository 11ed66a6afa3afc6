"""Words of the report in its language or in both, from the catalogue and from the standard pack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from auditor_app.models.catalogue import LANGUAGES, Catalogue
from auditor_app.models.entities import Meeting
from auditor_app.models.ids import Clause
from auditor_app.models.standard import Standard, Text
from auditor_app.report.bilingual import Both, paired, spoken, spoken_in
from auditor_app.report.snapshot import BOTH, ReportSnapshot

# Provenance and tender concerns that have a short word; a pack may bring others, said in its own words.
_SHORT_SOURCES = frozenset({"standard", "published", "source_document", "default", "own_wording"})
# Types of file that have a word; others are named by their type.
_MEDIA_TYPES = frozenset(
    {
        *("image/jpeg", "image/png", "image/heif", "image/heic", "image/webp", "image/tiff", "image/bmp", "image/gif"),
        *("application/pdf", "text/plain", "audio/mpeg", "audio/mp4", "video/mp4"),
        *("application/msword", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        *("application/vnd.ms-excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    }
)
_SHORT_CONCERNS = frozenset({"staff", "response", "funds", "spares", "system", "certificates"})


# Words that a report in both languages says in neither: `2026-03-02 – 2026-03-03`.
_IN_NEITHER = frozenset({("common", "period"), ("score", "level_to")})


class Words:
    """Words by section and key; `sheet` gives the title of a sheet. In a report in both languages they are `Both`."""

    def __init__(self, snapshot: ReportSnapshot) -> None:
        languages = tuple(LANGUAGES) if snapshot.language == BOTH else (snapshot.language,)
        self._catalogues = tuple(Catalogue.load(language, "report") for language in languages)
        self._standard: Standard = snapshot.standard
        self._sites: Mapping[str, str] = {site.id: site.name for site in snapshot.audit.sites}
        self._concerns = {concern.id: concern.title for concern in snapshot.standard.tender_concerns}

    def __call__(self, section: str, key: str, **params: object) -> str:
        """Return the words of a section of the report."""
        if len(self._catalogues) > 1 and (section, key) in _IN_NEITHER:
            section, key = "both", f"{section}_{key}"
        return self._text(f"report_{section}", key, params)

    def said(self, tell: Callable[[Catalogue], str]) -> str:
        """Return what is told with the catalogue of each language of the report."""
        return self.all_said(lambda words: (tell(words),))[0]

    def all_said(self, tell: Callable[[Catalogue], Sequence[str]]) -> list[str]:
        """Return the sentences told with the catalogue of each language of the report, one by one."""
        told = [tell(catalogue) for catalogue in self._catalogues]
        return [words[0] if len(words) == 1 else paired(*words) for words in zip(*told, strict=True)]

    def domain(self, section: str, key: str) -> str:
        """Return words that the window uses too, such as the conditions of application."""
        return self._text(section, key, {})

    def word(self, value: StrEnum | None) -> str:
        """Return the word for a value of a closed set, empty for none."""
        return "" if value is None else self.said(lambda words: words.word(value))

    def choice(self, value: StrEnum) -> str:
        """Return the word for a value in the one form that a drop-down offers and formulas compare."""
        return str(self.word(value))

    def sheet(self, key: str) -> str:
        """Return the title of a sheet."""
        return str(self("sheets", key))

    def of(self, text: Text) -> str:
        """Return words of the standard pack."""
        return self.said(lambda words: text.in_(words.language))

    def yes_no(self, value: bool) -> str:
        """Return yes or no."""
        return self("common", "yes" if value else "no")

    def joined(self, items: Iterable[str]) -> str:
        """Return the items as a list in words, empty ones left out."""
        parts = [item for item in items if item]

        def tell(words: Catalogue) -> str:
            spoken_parts = (str(spoken(part, words.language)) for part in parts)
            return words.text("report_common", "list").join(spoken_parts)

        # Names are the same in both languages, only the comma between them is not.
        return self.said(tell) if any(isinstance(part, Both) for part in parts) else tell(self._catalogues[0])

    def source(self, key: str) -> str:
        """Return the short word for where a value comes from."""
        if key in _SHORT_SOURCES:
            return self("sources", key)
        return self.source_in_full(key)

    def source_in_full(self, key: str) -> str:
        """Return where a value comes from in the words of the pack."""
        return self.of(self._standard.sources[key])

    def sources_counted(self, keys: Iterable[str]) -> str:
        """Return the sources of many values with how many come from each."""
        counted = Counter(keys)
        return self.joined(
            self("sources", "counted", source=self.source_in_full(key), count=count) for key, count in counted.items()
        )

    def concern(self, key: str | None) -> str:
        """Return the short word for a tender concern, empty for none."""
        if key is None:
            return ""
        return self("concerns", key) if key in _SHORT_CONCERNS else self.of(self._concerns[key])

    def media_type(self, media_type: str) -> str:
        """Return the word for a type of file, the type itself for one that has none."""
        return self("media", media_type) if media_type in _MEDIA_TYPES else media_type

    def clause(self, clause: str) -> str:
        """Return a clause with its title."""
        node = self._standard.nodes.get(Clause(clause))
        return self.led_by(clause, self.of(node.title)) if node is not None else clause

    def led_by(self, lead: str, words: str) -> str:
        """Return words behind a clause or number that the languages share."""
        return Both(f"{lead} {words.zh}", words.en) if isinstance(words, Both) else f"{lead} {words}"

    def site(self, site_id: str) -> str:
        """Return a site by its short name with its full one."""
        return " ".join(filter(None, (site_id, self._sites.get(site_id, ""))))

    def period(self, starts: date | None, ends: date | None) -> str:
        """Return the days from one date to another."""
        if starts is None or ends is None or starts == ends:
            day = starts or ends
            return day.isoformat() if day else ""
        return self("common", "period", starts=starts.isoformat(), ends=ends.isoformat())

    def meeting_time(self, meeting: Meeting) -> str:
        """Return when a meeting took place."""
        return (meeting.at or "").replace("T", " ")

    def amount(self, amount: Decimal) -> str:
        """Return an amount as people write it: `2.5`, `2`."""
        return f"{amount.normalize():f}" if amount else ""

    def _text(self, section: str, key: str, params: Mapping[str, object]) -> str:
        return self.said(lambda words: words.text(section, key, **spoken_in(params, words.language)))
