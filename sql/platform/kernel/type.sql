CREATE TYPE TVarType AS ENUM ('kernel', 'context', 'object');

COMMENT ON TYPE TVarType IS 'Name space of SetVar() and GetVar().';

CREATE TYPE Variant AS (
    vtype       integer,
    vinteger    integer,
    vnumeric    numeric,
    vdatetime   timestamp,
    vstring     text,
    vboolean    boolean
);

COMMENT ON TYPE Variant IS
'A typed value: vtype 0 integer, 1 numeric, 2 timestamp, 3 text, 4 boolean names the member in use.';
