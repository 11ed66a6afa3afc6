-- Schema 3: every row of history is linked to the one before, and an audit can be finalised (docs/HISTORY.md).
-- storage/steps.py carries the rows over and links them.

DROP TRIGGER history_is_never_changed;
DROP TRIGGER history_is_never_removed;
DROP INDEX history_of_audit;
ALTER TABLE history RENAME TO history_unlinked;

-- Append only. `field` empty means the whole row; before and after are JSON, NULL where there was or is no row.
-- `link` is the sha256 of this row and of the link before it in the same audit. AUTOINCREMENT: the numbers have no
-- gap, and that of the last row ever written is kept apart, so rows that are taken away are missed.
-- The entity `sealing` is no table: such a row says that the audit was finalised or reopened.
CREATE TABLE history (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    change_set TEXT NOT NULL,
    audit_id TEXT NOT NULL REFERENCES audit (id),
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    entity TEXT NOT NULL,
    row_id TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT,
    after TEXT,
    link BLOB NOT NULL CHECK (length(link) = 32)
) STRICT;

CREATE INDEX history_of_audit ON history (audit_id, seq);
CREATE INDEX sealings_of_audit ON history (audit_id, seq) WHERE entity = 'sealing';

CREATE TRIGGER history_is_never_changed BEFORE UPDATE ON history
BEGIN
    SELECT RAISE(ABORT, 'history is append-only');
END;

CREATE TRIGGER history_is_never_removed BEFORE DELETE ON history
BEGIN
    SELECT RAISE(ABORT, 'history is append-only');
END;

-- The end of the chain of every audit: how many rows of history it has, and the link of the last one. `carried` rows
-- are older than this step: their links say what was found then.
CREATE TABLE chain (
    audit_id TEXT PRIMARY KEY REFERENCES audit (id),
    rows INTEGER NOT NULL CHECK (rows >= 0),
    head BLOB NOT NULL CHECK (length(head) = 32),
    carried INTEGER NOT NULL DEFAULT 0 CHECK (carried BETWEEN 0 AND rows),
    finalised INTEGER NOT NULL DEFAULT 0 CHECK (finalised IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER chain_is_never_removed BEFORE DELETE ON chain
BEGIN
    SELECT RAISE(ABORT, 'a chain is never removed');
END;

-- Every edit leaves a row of history, so this one guards all tables.
CREATE TRIGGER finalised_is_read_only BEFORE INSERT ON history
WHEN NEW.entity <> 'sealing' AND (SELECT finalised FROM chain WHERE audit_id = NEW.audit_id) = 1
BEGIN
    SELECT RAISE(ABORT, 'the audit is finalised');
END;

-- What the auditor's key made of the link of a row that finalised an audit.
CREATE TABLE signature (
    seq INTEGER PRIMARY KEY REFERENCES history (seq),
    lines TEXT NOT NULL
) STRICT;

CREATE TRIGGER signature_is_never_changed BEFORE UPDATE ON signature
BEGIN
    SELECT RAISE(ABORT, 'signatures are append-only');
END;

CREATE TRIGGER signature_is_never_removed BEFORE DELETE ON signature
BEGIN
    SELECT RAISE(ABORT, 'signatures are append-only');
END;

CREATE INDEX audits_by_number ON audit_info (number);
