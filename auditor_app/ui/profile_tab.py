"""The company profile: everything the report says of the audit and the auditee."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from auditor_app.models.audit import Kind, only_row
from auditor_app.models.changes import WHOLE_ROW, ChangeSet, add, remove
from auditor_app.models.entities import Eligibility, PreviousCertificate, Site, Subcontract, TeamMember
from auditor_app.models.enums import (
    AppliedLevel,
    AuditKind,
    AuditMode,
    CompanyKind,
    EvidenceSubject,
    Judgement,
    Operated,
    Role,
    SiteKind,
)
from auditor_app.models.evidence import CLOSING, OPENING
from auditor_app.models.fields import fields_of
from auditor_app.models.remarks import Remark, required_managers
from auditor_app.models.scoring import plain
from auditor_app.ui.context import Context
from auditor_app.ui.editing import AMOUNT, CLAUSES, COUNT, DATE, MINUTE, NAMES, TEXT, Form
from auditor_app.ui.evidence_strip import EvidenceStrip
from auditor_app.ui.fields import (
    ChoiceField,
    Field,
    FieldSet,
    LineField,
    SeveralField,
    SwitchField,
    TextField,
)
from auditor_app.ui.rows_card import RowsCard
from auditor_app.ui.tables.columns import Column
from auditor_app.ui.whereabouts import PROFILE_KINDS
from auditor_app.ui.widgets import Card, FormGrid, button, named, restyle

NAVIGATION_WIDTH = 148
PAGE_WIDTH = 1040
MARGIN = 16


class ProfileTab(QWidget):
    """Fill the profile; every field says at once what is missing or doubtful."""

    message = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._fields: list[Field] = []
        self._cards: dict[str, Card] = {}
        self._kinds: dict[str, tuple[Kind, ...]] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._rows: list[RowsCard] = []
        self._evidence: dict[str, EvidenceStrip] = {}
        self._has_certificate = QCheckBox(self.tr("Holds a certificate from before this audit"))
        self._certificate_form = QWidget()
        self._area = QScrollArea(widgetResizable=True)
        self._page = named("page")
        self._build()
        self._set = FieldSet(self._fields)
        self._lay_out()
        self._has_certificate.clicked.connect(self._on_certificate)

    def reset(self) -> None:
        """Show the audit that is open now."""
        self._show_certificate()
        rows = {kind: only_row(kind) for kind in (Kind.AUDIT, Kind.COMPANY, Kind.ELIGIBILITY)}
        if self._context.session.audit.previous_certificate is not None:
            rows[Kind.PREVIOUS_CERTIFICATE] = only_row(Kind.PREVIOUS_CERTIFICATE)
        self._set.bind(rows)
        for card in self._rows:
            card.reset()
        for meeting, strip in self._evidence.items():
            strip.show_subject(EvidenceSubject.MEETING, meeting)
        self._show_rules()
        self._show_remarks()

    def on_changed(self, change_set: ChangeSet) -> None:
        """Patch the fields and tables that a change set touched."""
        certificate = [c for c in change_set.changes if c.kind is Kind.PREVIOUS_CERTIFICATE and c.field == WHOLE_ROW]
        if certificate:
            self._show_certificate()
            if self._context.session.audit.previous_certificate is not None:
                self._set.bind({Kind.PREVIOUS_CERTIFICATE: only_row(Kind.PREVIOUS_CERTIFICATE)})
        for strip in self._evidence.values():
            strip.on_changed(change_set)
        if change_set.touches(*PROFILE_KINDS):
            others = tuple(change for change in change_set.changes if change not in certificate)
            self._set.refresh(ChangeSet(change_set.audit_id, others))
            for card in self._rows:
                card.on_changed(change_set)
            self._show_rules()
            self._show_remarks()

    def start(self) -> None:
        """Put the cursor where a new audit begins: the company's name."""
        field = self._set.find(Kind.COMPANY, "name")
        if field is not None:
            self._area.ensureWidgetVisible(field, 0, 120)
            field.focus_target().setFocus()

    def go_to(self, remark: Remark) -> None:
        """Bring the field of a remark into view and give it the keyboard."""
        field = self._set.find(remark.kind, remark.field)
        if field is not None and (remark.kind is not Kind.PREVIOUS_CERTIFICATE or remark.row_id):
            self._area.ensureWidgetVisible(field, 0, 80)
            field.focus_target().setFocus()
            return
        for card in self._rows:
            if card.kind is remark.kind:
                self._area.ensureWidgetVisible(card, 0, 40)
                card.go_to(remark.row_id, remark.field)
                return
        self._area.ensureWidgetVisible(self._has_certificate, 0, 80)
        self._has_certificate.setFocus()

    def _build(self) -> None:
        self._build_company()
        self._build_staff()
        self._build_sites()
        self._build_certificate()
        self._build_eligibility()
        self._build_audit()
        self._build_team()

    def _build_audit(self) -> None:
        words, kind = self._context.words, Kind.AUDIT
        grid = self._card("audit", self.tr("Audit"), kind)
        self._line(grid, kind, "number", self.tr("Audit number"), TEXT)
        self._choice(grid, kind, "kind", self.tr("Audit type"), words.words(AuditKind))
        modes = {mode: f"{mode.value} {word}" for mode, word in words.words(AuditMode).items()}
        self._choice(grid, kind, "mode", self.tr("Audit mode"), modes)
        levels = words.words(AppliedLevel)
        self._choice(grid, kind, "applied_level", self.tr("Level applied for"), levels, self.tr("Not chosen"))
        self._line(grid, kind, "starts", self.tr("Starts on"), DATE)
        self._line(grid, kind, "ends", self.tr("Ends on"), DATE)
        self._line(grid, kind, "man_days", self.tr("Man-days"), AMOUNT)
        grid.end_line()
        for subject, path, title in (
            (OPENING, "opening_meeting", self.tr("Opening meeting")),
            (CLOSING, "closing_meeting", self.tr("Closing meeting")),
        ):
            self._line(grid, kind, f"{path}.at", title, MINUTE)
            self._line(grid, kind, f"{path}.place", self.tr("Place"), TEXT)
            self._line(grid, kind, f"{path}.attendees", self.tr("Attendees"), NAMES, wide=True)
            self._evidence[subject] = EvidenceStrip(self._context, has_key=False)
            self._evidence[subject].message.connect(self.message)
            grid.add(self.tr("Photos and files"), self._evidence[subject], wide=True)

    def _build_team(self) -> None:
        roles = self._context.words.words(Role)
        columns = [
            Column("name", self.tr("Name"), 180, lambda m: m.name, "name", TEXT),
            Column("role", self.tr("Role"), 140, lambda m: roles[m.role], "role", choices=roles),
            Column(
                *("registration", self.tr("ID or registration number"), 260, lambda m: m.registration),
                *("registration", TEXT),
                stretch=True,
            ),
            Column("clauses", self.tr("Clauses"), 200, lambda m: CLAUSES.show(m.clauses), "clauses", CLAUSES),
        ]
        self._table(
            *("team", Kind.TEAM, self.tr("Audit team"), columns, self.tr("Add member")),
            self.tr("Nobody is in the team yet. Add the team leader first."),
            lambda: TeamMember(role=Role.AUDITOR if self._context.session.audit.team else Role.LEADER),
        )

    def _build_company(self) -> None:
        words, kind = self._context.words, Kind.COMPANY
        grid = self._card("company", self.tr("Auditee"), kind)
        self._line(grid, kind, "name", self.tr("Company name"), TEXT, wide=True)
        self._line(grid, kind, "credit_code", self.tr("Unified credit code"), TEXT)
        self._line(grid, kind, "legal_representative", self.tr("Legal representative"), TEXT)
        self._line(grid, kind, "registered_address", self.tr("Registered address"), TEXT, wide=True)
        self._line(grid, kind, "operating_address", self.tr("Operating address"), TEXT, wide=True)
        several = SeveralField(self._context, kind, "kinds", self.tr("Kind"), words.words(CompanyKind))
        self._put(grid, several, wide=True)
        self._line(grid, kind, "industry", self.tr("Industry"), TEXT)
        self._line(grid, kind, "products", self.tr("Products and services"), TEXT)
        scope = TextField(self._context, kind, "scope", self.tr("Certification scope"), lines=2)
        self._put(grid, scope, wide=True)
        self._switch(grid, "three_in_one", self.tr("Certificates"), self.tr("Three certificates in one"))
        self._switch(grid, "needs_licence", self.tr("Licence"), self.tr("The activity needs a licence by law"))
        self._line(grid, kind, "hotline", self.tr("Service hotline"), TEXT)
        self._line(grid, kind, "website", self.tr("Website"), TEXT)
        self._line(grid, kind, "contact.name", self.tr("Contact"), TEXT)
        self._line(grid, kind, "contact.phone", self.tr("Contact phone"), TEXT)
        self._line(grid, kind, "contact.email", self.tr("Contact e-mail"), TEXT)

    def _build_staff(self) -> None:
        kind = Kind.COMPANY
        grid = self._card("staff", self.tr("Staff"))
        self._line(grid, kind, "employees", self.tr("Employees"), COUNT)
        self._line(grid, kind, "after_sales_staff", self.tr("After-sales staff"), COUNT)
        self._line(grid, kind, "service_management_staff", self.tr("Service management staff"), COUNT)
        self._line(grid, kind, "certified_service_managers", self.tr("Certified service managers"), COUNT)

    def _build_sites(self) -> None:
        words = self._context.words
        kinds, operated = words.words(SiteKind), words.words(Operated)
        sampled = {True: self.tr("Sampled"), False: self.tr("Not sampled")}
        columns = [
            Column("id", self.tr("No."), 56, lambda s: s.id, "id", TEXT),
            Column("name", self.tr("Site"), 150, lambda s: s.name, "name", TEXT),
            Column("address", self.tr("Address"), 200, lambda s: s.address, "address", TEXT, stretch=True),
            Column("kind", self.tr("Kind"), 84, lambda s: kinds[s.kind], "kind", choices=kinds),
            Column("operated", self.tr("Run by"), 72, lambda s: operated[s.operated], "operated", choices=operated),
            Column("staff", self.tr("Staff"), 60, lambda s: str(s.staff), "staff", COUNT, numeric=True),
            Column("sampled", self.tr("This audit"), 84, lambda s: sampled[s.sampled], "sampled", choices=sampled),
        ]
        self._table(
            *("sites", Kind.SITE, self.tr("Sites"), columns, self.tr("Add site")),
            self.tr("No site yet. Add the head office, then outlets, warehouses and service stations."),
            self._new_site,
        )
        columns = [
            Column("activity", self.tr("Activity"), 300, lambda s: s.activity, "activity", TEXT),
            Column(
                "contractor",
                self.tr("Contractor"),
                300,
                lambda s: s.contractor,
                "contractor",
                TEXT,
                stretch=True,
            ),
        ]
        self._table(
            *(
                "subcontracting",
                Kind.SUBCONTRACT,
                self.tr("Subcontracting"),
                columns,
                self.tr("Add activity"),
            ),
            self.tr("Nothing is subcontracted. Add activities that others carry out for the auditee."),
            Subcontract,
        )

    def _build_certificate(self) -> None:
        kind = Kind.PREVIOUS_CERTIFICATE
        card = Card(self.tr("Previous certificate"))
        card.body.addWidget(self._has_certificate)
        card.body.addWidget(self._certificate_form)
        grid = FormGrid()
        grid.setContentsMargins(0, 0, 0, 0)
        self._certificate_form.setLayout(grid)
        self._remember("certificate", card, kind)
        self._line(grid, kind, "number", self.tr("Certificate number"), TEXT)
        levels = self._context.words.words(AppliedLevel)
        self._choice(grid, kind, "level", self.tr("Level"), levels, self.tr("Not chosen"))
        self._line(grid, kind, "issued", self.tr("Issued on"), DATE)
        self._line(grid, kind, "expires", self.tr("Expires on"), DATE)

    def _build_eligibility(self) -> None:
        kind, words = Kind.ELIGIBILITY, self._context.words
        grid = self._card("eligibility", self.tr("Eligibility"), kind)
        for condition in fields_of(Eligibility):
            text = words.text("eligibility", condition.path)
            self._choice(grid, kind, condition.path, text, words.words(Judgement))

    def _card(self, key: str, title: str, *kinds: Kind) -> FormGrid:
        card, grid = Card(title), FormGrid()
        card.body.addLayout(grid)
        self._remember(key, card, *kinds)
        return grid

    def _remember(self, key: str, card: Card, *kinds: Kind) -> None:
        self._cards[key] = card
        self._kinds[key] = kinds

    def _table(
        self,
        key: str,
        kind: Kind,
        title: str,
        columns: Sequence[Column],
        add_text: str,
        empty: str,
        new_row: object,
    ) -> None:
        card = RowsCard(self._context, kind, title, columns, add_text, empty, new_row)  # type: ignore[arg-type]
        self._rows.append(card)
        self._remember(key, card, kind)

    def _put(self, grid: FormGrid, field: Field, wide: bool = False) -> None:
        self._fields.append(field)
        grid.add(field.label, field, wide)

    def _line(self, grid: FormGrid, kind: Kind, path: str, text: str, form: Form, wide: bool = False) -> None:
        self._put(grid, LineField(self._context, kind, path, text, form), wide)

    def _choice(
        self, grid: FormGrid, kind: Kind, path: str, text: str, choices: dict[object, str], empty: str = ""
    ) -> None:
        self._put(grid, ChoiceField(self._context, kind, path, text, choices, empty))

    def _switch(self, grid: FormGrid, path: str, text: str, words: str) -> None:
        self._put(grid, SwitchField(self._context, Kind.COMPANY, path, text, words))

    def _lay_out(self) -> None:
        page = self._page
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, 14, MARGIN, 24)
        column.setSpacing(12)
        # The page and not its cards: the layout would work out their heights for the width of the window.
        page.setMaximumWidth(PAGE_WIDTH + 2 * MARGIN)
        navigation = QVBoxLayout()
        navigation.setContentsMargins(12, 14, 0, 14)
        navigation.setSpacing(2)
        for key, card in self._cards.items():
            column.addWidget(card)
            jump = button("", "link")
            jump.clicked.connect(self._on_jump)
            self._buttons[key] = jump
            navigation.addWidget(jump)
        column.addStretch()
        navigation.addStretch()
        self._area.setWidget(page)
        side = named("page")
        side.setFixedWidth(NAVIGATION_WIDTH)
        side.setLayout(navigation)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(side)
        box.addWidget(self._area, 1)

    def _on_jump(self) -> None:
        key = next(key for key, jump in self._buttons.items() if jump is self.sender())
        top = self._cards[key].mapTo(self._page, QPoint(0, 0)).y()
        self._area.verticalScrollBar().setValue(top - 12)

    def _new_site(self) -> Site:
        taken = {site.id for site in self._context.session.audit.sites}
        number = next(n for n in range(1, len(taken) + 2) if f"S{n}" not in taken)
        return Site(f"S{number}", kind=SiteKind.OUTLET if taken else SiteKind.HEAD_OFFICE)

    def _on_certificate(self, checked: bool) -> None:
        session, kind = self._context.session, Kind.PREVIOUS_CERTIFICATE
        session.flush()
        stored = session.audit.previous_certificate
        if checked and stored is None:
            session.submit((add(kind, only_row(kind), PreviousCertificate()),), self.tr("add previous certificate"))
        elif not checked and stored is not None:
            session.submit((remove(kind, only_row(kind), stored),), self.tr("remove previous certificate"))
        self._show_certificate()

    def _show_certificate(self) -> None:
        present = self._context.session.audit.previous_certificate is not None
        self._has_certificate.setChecked(present)
        self._certificate_form.setVisible(present)

    def _show_rules(self) -> None:
        session = self._context.session
        field = self._set.find(Kind.COMPANY, "certified_service_managers")
        staff = session.audit.company.service_management_staff
        needed = required_managers(staff, session.standard.scoring.certified_manager_percent)
        percent = plain(session.standard.scoring.certified_manager_percent)
        rule = self.tr("{0} % of {1}: {2} needed").format(percent, staff, needed) if staff else ""
        if field is not None:
            field.show_rule(rule)

    def _show_remarks(self) -> None:
        found = self._context.session.remarks
        self._set.show_remarks(found)
        for card in self._rows:
            card.show_remarks(found)
        staff = {field.path for field in self._fields if field.key[0] is Kind.COMPANY} & _STAFF_FIELDS
        for key, jump in self._buttons.items():
            mine = [r for r in found if r.kind in self._kinds[key] and r.field not in staff]
            if key == "staff":
                mine = [r for r in found if r.kind is Kind.COMPANY and r.field in staff]
            title = self._cards[key].title
            jump.setText(f"{title}  {len(mine)}" if mine else title)
            restyle(jump, state="warning" if mine else "")


_STAFF_FIELDS = {"employees", "after_sales_staff", "service_management_staff", "certified_service_managers"}
