-- Schema 2: listed samples, evidence, clauses of team members, phrases the auditor keeps.

ALTER TABLE team_member ADD COLUMN clauses TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(clauses));

CREATE TABLE sample (
    audit_id TEXT NOT NULL REFERENCES audit (id),
    row_id TEXT NOT NULL,
    clause TEXT NOT NULL,
    what TEXT NOT NULL,
    checked_on TEXT,
    result TEXT NOT NULL CHECK (result IN ('conforms', 'deviates')),
    remark TEXT NOT NULL,
    site TEXT NOT NULL,
    PRIMARY KEY (audit_id, row_id)
) STRICT, WITHOUT ROWID;

-- The content itself is a file beside the database, named by its sha256. Marks are a JSON array of words.
CREATE TABLE evidence (
    audit_id TEXT NOT NULL REFERENCES audit (id),
    row_id TEXT NOT NULL,
    subject_kind TEXT NOT NULL CHECK (subject_kind IN ('indicator', 'sample', 'document', 'finding', 'meeting')),
    subject TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    taken_at TEXT,
    caption TEXT NOT NULL,
    rotation INTEGER NOT NULL CHECK (rotation IN (0, 90, 180, 270)),
    marks TEXT NOT NULL CHECK (json_valid(marks)),
    PRIMARY KEY (audit_id, row_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX evidence_by_content ON evidence (sha256);

-- What the auditor likes to write, for one indicator or, with an empty clause, for any.
CREATE TABLE phrase (
    clause TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (clause, text)
) STRICT, WITHOUT ROWID;
