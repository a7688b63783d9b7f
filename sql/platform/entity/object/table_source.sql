-- What the list engine knows of an entity: where its rows are, and what every column of its view is.

-- db.entity_source ------------------------------------------------------------
CREATE TABLE db.entity_source (
    entity      text PRIMARY KEY,
    view        text NOT NULL,
    joins       jsonb NOT NULL,
    columns     jsonb NOT NULL,
    condition   text,
    areas       boolean NOT NULL,
    acl         boolean NOT NULL,
    rows        text NOT NULL
);

COMMENT ON TABLE db.entity_source IS 'Sources of lists, one an entity or subclass; filled by DefineSource().';
COMMENT ON COLUMN db.entity_source.entity IS 'Name: the code of the entity, or of the class';
COMMENT ON COLUMN db.entity_source.view IS 'View of schema api that its rows are of';
COMMENT ON COLUMN db.entity_source.joins IS
'Array of [alias, JOIN clause, aliases that it needs]; alias o is db.object and always there';
COMMENT ON COLUMN db.entity_source.columns IS 'By column of the view: [expression, alias, ...], the aliases being those that it needs';
COMMENT ON COLUMN db.entity_source.condition IS 'What holds for every row, over alias o';
COMMENT ON COLUMN db.entity_source.areas IS 'Documents: only those of the visible areas';
COMMENT ON COLUMN db.entity_source.acl IS 'Only what the user may read, unless he is an administrator';
COMMENT ON COLUMN db.entity_source.rows IS 'Function kernel.ROWS(uuid[]) that returns the wide rows in that order';
