-- Schema 4: what lists show of each audit in one narrow table, so that any page of it, and a search through all of it,
-- takes the same short time however much the audits hold. SQLite keeps it by triggers; nothing else writes to it.

CREATE TABLE listing (
    created_at TEXT NOT NULL,
    audit_id TEXT NOT NULL REFERENCES audit (id),
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    company TEXT NOT NULL,
    -- Where words are looked for: SQLite's indexes for text find nothing for two Chinese characters, so it is read through.
    words TEXT NOT NULL GENERATED ALWAYS AS (lower(number || char(10) || company)) STORED,
    PRIMARY KEY (created_at, audit_id)
) STRICT, WITHOUT ROWID;

INSERT INTO listing (created_at, audit_id, number, kind, company)
SELECT audit.created_at, audit.id, audit_info.number, audit_info.kind, company.name FROM audit
JOIN audit_info ON audit_info.audit_id = audit.id JOIN company ON company.audit_id = audit.id;

CREATE TRIGGER audit_is_listed AFTER INSERT ON audit_info
BEGIN
    INSERT INTO listing (created_at, audit_id, number, kind, company)
    SELECT created_at, id, NEW.number, NEW.kind,
        coalesce((SELECT name FROM company WHERE company.audit_id = NEW.audit_id), '')
    FROM audit WHERE id = NEW.audit_id;
END;

CREATE TRIGGER audit_is_listed_anew AFTER UPDATE OF number, kind ON audit_info
BEGIN
    UPDATE listing SET number = NEW.number, kind = NEW.kind
    WHERE audit_id = NEW.audit_id AND created_at = (SELECT created_at FROM audit WHERE id = NEW.audit_id);
END;

CREATE TRIGGER company_is_listed AFTER INSERT ON company
BEGIN
    UPDATE listing SET company = NEW.name
    WHERE audit_id = NEW.audit_id AND created_at = (SELECT created_at FROM audit WHERE id = NEW.audit_id);
END;

CREATE TRIGGER company_is_listed_anew AFTER UPDATE OF name ON company
BEGIN
    UPDATE listing SET company = NEW.name
    WHERE audit_id = NEW.audit_id AND created_at = (SELECT created_at FROM audit WHERE id = NEW.audit_id);
END;

CREATE TRIGGER audit_is_listed_no_more AFTER DELETE ON audit_info
BEGIN
    DELETE FROM listing
    WHERE audit_id = OLD.audit_id AND created_at = (SELECT created_at FROM audit WHERE id = OLD.audit_id);
END;

-- What was written on an indicator before is offered while writing; the newest audits are found without all others.
CREATE INDEX words_on_indicators ON assessment (row_id, audit_id) WHERE note <> '' OR reason <> '';
