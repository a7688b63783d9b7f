-- Files: what users upload, and folders for them. The functions of files come with their module.

-- db.file ---------------------------------------------------------------------
CREATE TABLE db.file (
    id          uuid PRIMARY KEY DEFAULT gen_kernel_uuid('8'),
    root        uuid NOT NULL REFERENCES db.file(id),
    parent      uuid REFERENCES db.file(id),
    link        uuid REFERENCES db.file(id),
    owner       uuid NOT NULL REFERENCES db."user"(id),
    type        char(1) NOT NULL CHECK (type IN ('-', 'd', 'l', 's')),
    mask        bit(9) NOT NULL DEFAULT B'111110100',
    level       integer NOT NULL,
    path        text NOT NULL,
    name        text NOT NULL,
    size        integer DEFAULT 0,
    date        timestamptz,
    data        bytea,
    mime        text,
    text        text,
    hash        text,
    url         text,
    done        text,
    fail        text
);

COMMENT ON TABLE db.file IS 'Files and folders.';
COMMENT ON COLUMN db.file.id IS 'Identifier';
COMMENT ON COLUMN db.file.root IS 'Folder at the top; its own id for that folder';
COMMENT ON COLUMN db.file.parent IS 'Folder that it lies in';
COMMENT ON COLUMN db.file.link IS 'File that a link leads to';
COMMENT ON COLUMN db.file.owner IS 'User whom it belongs to';
COMMENT ON COLUMN db.file.type IS '- file, d folder, l link, s file in a storage elsewhere';
COMMENT ON COLUMN db.file.mask IS 'Rights: owner, group, others; each read, write, execute';
COMMENT ON COLUMN db.file.level IS 'Depth below the root';
COMMENT ON COLUMN db.file.path IS 'Path of the folder that it lies in, from and to a slash; of a folder its own';
COMMENT ON COLUMN db.file.name IS 'Name';
COMMENT ON COLUMN db.file.size IS 'Bytes';
COMMENT ON COLUMN db.file.date IS 'When the content was changed last';
COMMENT ON COLUMN db.file.data IS 'Content';
COMMENT ON COLUMN db.file.mime IS 'MIME type';
COMMENT ON COLUMN db.file.text IS 'Remark';
COMMENT ON COLUMN db.file.hash IS 'Hash of the content: SHA-256 in hex, or what the client gave';
COMMENT ON COLUMN db.file.url IS 'Address of the content, when it is kept elsewhere';
COMMENT ON COLUMN db.file.done IS 'Function to be called when a transfer has ended';
COMMENT ON COLUMN db.file.fail IS 'Function to be called when a transfer has failed';

CREATE UNIQUE INDEX ON db.file (path, name);
CREATE INDEX ON db.file (root);
CREATE INDEX ON db.file (parent);
CREATE INDEX ON db.file (link) WHERE link IS NOT NULL;
CREATE INDEX ON db.file (owner);
CREATE INDEX ON db.file (hash);
