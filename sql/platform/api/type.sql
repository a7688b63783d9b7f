-- answer ----------------------------------------------------------------------
CREATE TYPE kernel.answer AS (
    row_count   integer,
    body        text
);

COMMENT ON TYPE kernel.answer IS
'What a route answers: the number of rows, and their JSON texts joined by commas.';
