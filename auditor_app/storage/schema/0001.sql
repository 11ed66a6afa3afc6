-- Schema 1. Frozen: a released step is never edited, the next change is a new file.
-- Amounts and dates are text: exact decimals and ISO 8601. Lists of words are JSON arrays.

CREATE TABLE standard (
    hash TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    standard_hash TEXT NOT NULL REFERENCES standard (hash),
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX audits_by_age ON audit (created_at, id);

CREATE TABLE audit_info (
    audit_id TEXT NOT NULL REFERENCES audit (id),
    row_id TEXT NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('initial', 'surveillance', 'recertification', 'special')),
    mode TEXT NOT NULL CHECK (mode IN ('FS01', 'FS02', 'FS03')),
    starts TEXT,
    ends TEXT,
    man_days TEXT NOT NULL,
    applied_level TEXT CHECK (applied_level IN ('pass', 'three_star', 'four_star', 'five_star')),
    opening_meeting_at TEXT,
    opening_meeting_place TEXT NOT NULL,
    opening_meeting_attendees TEXT NOT NULL CHECK (json_valid(opening_meeting_attendees)),
    closing_meeting_at TEXT,
    closing_meeting_place TEXT NOT NULL,
    closing_meeting_attendees TEXT NOT NULL CHECK (json_valid(closing_meeting_attendees)),
    PRIMARY KEY (audit_id, row_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE company (
    audit_id TEXT NOT NULL REFERENCES audit (id),
    row_id TEXT NOT NULL,
    name TEXT NOT NULL,
    credit_code TEXT NOT NULL,
    legal_representative TEXT NOT NULL,
    registered_address TEXT NOT NULL,
    operating_address TEXT NOT NULL,
    kinds TEXT NOT NULL CHECK (json_valid(kinds)),
    industry TEXT NOT NULL,
    products TEXT NOT NULL,
    scope TEXT NOT NULL,
    employees INTEGER NOT NULL CHECK (employees >= 0),
    after_sales_staff INTEGER NOT NULL CHECK (after_sales_staff >= 0),
    service_management_staff INTEGER NOT NULL CHECK (service_management_staff >= 0),
    certified_service_managers INTEGER NOT NULL CHECK (certified_service_managers >= 0),
    three_in_one INTEGER NOT NULL CHECK (three_in_one IN (0, 1)),
    needs_licence INTEGER NOT NULL CHECK (needs_licence IN (0, 1)),
    hotline TEXT NOT NULL,
    website TEXT NOT NULL,
    contact_name TEXT NOT NULL,
    contact_phone TEXT NOT NULL,
    contact_email TEXT NOT NULL,
    PRIMARY KEY (audit_id, row_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE eligibility (
    audit_id TEXT NOT NULL REFERENCES audit (id),
    row_id TEXT NOT NULL,
    rules TEXT NOT NULL CHECK (rules IN ('unjudged', 'met', 'not_met')),
    dedicated_person TEXT NOT NULL CHECK (dedicated_person IN ('unjudged', 'met', 'not_met')),
    budget TEXT NOT NULL CHECK (budget IN ('unjudged', 'met', 'not_met')),
    no_major_failure TEXT NOT NULL CHECK (no_major_failure IN ('unjudged', 'met', 'not_met')),
    trained_team TEXT NOT NULL CHECK (trained_team IN ('unjudged', 'met', 'not_met')),
    legal_person TEXT NOT NULL CHECK (legal_person IN ('unjudged', 'met', 'not_met')),
    PRIMARY KEY (audit_id, row_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE previous_certificate (
    audit_id TEXT NOT NULL REFERENCES audit (id),
    row_id TEXT NOT NULL,
    number TEXT NOT NULL,
    level TEXT CHECK (level IN ('pass', 'three_star', 'four_star', 'five_star')),
    issued TEXT,
    expires TEXT,
    PRIMARY KEY (audit_id, row_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE team_member (
    audit_id TEXT NOT NULL REFERENCES audit (id),
    row_id TEXT NOT NULL,
    name TEXT NOT NULL,
    registration TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('leader', 'auditor', 'expert', 'observer')),
    PRIMARY KEY (audit_id, row_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE site (
    audit_id TEXT NOT NULL REFERENCES audit (id),
    row_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('head_office', 'outlet', 'warehouse', 'service_station')),
    operated TEXT NOT NULL CHECK (operated IN ('own', 'commissioned')),
    staff INTEGER NOT NULL CHECK (staff >= 0),
    sampled INTEGER NOT NULL CHECK (sampled IN (0, 1)),
    PRIMARY KEY (audit_id, row_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE subcontract (
    audit_id TEXT NOT NULL REFERENCES audit (id),
    row_id TEXT NOT NULL,
    activity TEXT NOT NULL,
    contractor TEXT NOT NULL,
    PRIMARY KEY (audit_id, row_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
    audit_id TEXT NOT NULL REFERENCES audit (id),
    row_id TEXT NOT NULL,
    id TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('awaited', 'received', 'verified', 'problem')),
    applies TEXT NOT NULL CHECK (applies IN ('auto', 'yes', 'no')),
    override_reason TEXT NOT NULL,
    number TEXT NOT NULL,
    issued TEXT,
    expires TEXT,
    copies INTEGER NOT NULL CHECK (copies >= 0),
    remark TEXT NOT NULL,
    PRIMARY KEY (audit_id, row_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE assessment (
    audit_id TEXT NOT NULL REFERENCES audit (id),
    row_id TEXT NOT NULL,
    clause TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('unjudged', 'met', 'not_met', 'sampled', 'deleted')),
    checked INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (audit_id, row_id),
    CHECK (failed BETWEEN 0 AND checked),
    CHECK ((verdict = 'sampled') = (checked > 0))
) STRICT, WITHOUT ROWID;

CREATE TABLE special_deduction (
    audit_id TEXT NOT NULL REFERENCES audit (id),
    row_id TEXT NOT NULL,
    ground TEXT NOT NULL CHECK (ground IN ('law', 'company_rules', 'trade', 'system')),
    clause TEXT NOT NULL,
    facts TEXT NOT NULL,
    site TEXT NOT NULL,
    PRIMARY KEY (audit_id, row_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE bonus (
    audit_id TEXT NOT NULL REFERENCES audit (id),
    row_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (audit_id, row_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
    audit_id TEXT NOT NULL REFERENCES audit (id),
    row_id TEXT NOT NULL,
    grade TEXT NOT NULL CHECK (grade IN ('major', 'minor', 'observation')),
    clause TEXT NOT NULL,
    facts TEXT NOT NULL,
    site TEXT NOT NULL,
    found_by TEXT NOT NULL,
    found_on TEXT,
    action_correction TEXT NOT NULL,
    action_cause TEXT NOT NULL,
    action_measure TEXT NOT NULL,
    action_owner TEXT NOT NULL,
    action_due TEXT,
    action_verified_by TEXT NOT NULL,
    action_verified_on TEXT,
    action_result TEXT NOT NULL CHECK (action_result IN ('open', 'accepted', 'rejected')),
    PRIMARY KEY (audit_id, row_id)
) STRICT, WITHOUT ROWID;

-- Append only. `field` empty means the whole row; before and after are JSON, NULL where there was or is no row.
CREATE TABLE history (
    seq INTEGER PRIMARY KEY,
    change_set TEXT NOT NULL,
    audit_id TEXT NOT NULL REFERENCES audit (id),
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    entity TEXT NOT NULL,
    row_id TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT,
    after TEXT
) STRICT;

CREATE INDEX history_of_audit ON history (audit_id, seq);

CREATE TRIGGER history_is_never_changed BEFORE UPDATE ON history
BEGIN
    SELECT RAISE(ABORT, 'history is append-only');
END;

CREATE TRIGGER history_is_never_removed BEFORE DELETE ON history
BEGIN
    SELECT RAISE(ABORT, 'history is append-only');
END;
