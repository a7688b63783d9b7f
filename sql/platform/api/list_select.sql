-- ParseField ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ParseField (
  pView         db.view_column,
  pField        text,
  OUT column_name text,
  OUT aggregate text,
  OUT output    text
)
AS $$
DECLARE
  ar            text[];
  vKind         text;
BEGIN
  IF pView.info ? pField THEN
    column_name := pField;
    output := pField;
    RETURN;
  END IF;

  ar := regexp_match(pField, '^\s*(sum|count|max|min|avg)\s*\(\s*(distinct\s+)?(\*|[a-z_][a-z0-9_]*)\s*\)'
                          || '(?:\s+as\s+([a-z_][a-z0-9_]*))?\s*$', 'i');
  vKind := pView.info->(ar[3])->>'kind';

  IF ar IS NULL
  OR (ar[3] = '*' AND (lower(ar[1]) <> 'count' OR ar[2] IS NOT NULL))
  OR (ar[3] <> '*' AND vKind IS NULL)
  OR (lower(ar[1]) IN ('sum', 'avg') AND vKind NOT IN ('integer', 'numeric'))
  OR (lower(ar[1]) IN ('max', 'min') AND vKind NOT IN ('text', 'integer', 'numeric', 'datetime'))
  OR (ar[2] IS NOT NULL AND vKind IN ('json', 'other'))
  THEN
    PERFORM IncorrectValueInArray(COALESCE(pField, 'null'), 'fields', pView.columns);
  END IF;

  column_name := NULLIF(ar[3], '*');
  output := left(lower(COALESCE(ar[4], ar[1])), 63);
  aggregate := format('%s(%s%s)', lower(ar[1]), CASE WHEN ar[2] IS NULL THEN '' ELSE 'DISTINCT ' END,
    CASE ar[3] WHEN '*' THEN '*' ELSE 't.' || quote_ident(ar[3]) END);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ParseField (db.view_column, text) IS
$$Takes one element of key fields apart: a column, or one aggregate over one column.

pView        what is recorded of the view
pField       column; or sum|count|max|min|avg([DISTINCT] column|*) [AS name], any case
column_name  the column, null for count(*)
aggregate    the call in SQL, null for a plain column
output       key of the result
Raises       IncorrectValueInArray for anything else$$;

-- ParseOrder ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ParseOrder (
  pView         db.view_column,
  pItem         text,
  pOutputs      text[] DEFAULT NULL
) RETURNS       text
AS $$
DECLARE
  ar            text[];
  vName         text := split_part(pItem, ' ', 1);
  vKind         text := pView.info->vName->>'kind';
BEGIN
  -- The usual wish, without the regular expression.
  IF pOutputs IS NULL AND vKind NOT IN ('json', 'other')
  AND substr(pItem, length(vName) + 2) IN ('', 'asc', 'desc', 'ASC', 'DESC') THEN
    RETURN 't.' || quote_ident(vName) || upper(substr(pItem, length(vName) + 1));
  END IF;

  ar := regexp_match(pItem, '^(?:([a-z_][a-z0-9_]*)|([a-z]+)\(\s*([a-z_][a-z0-9_]*)\s*\))'
                         || '(?:\s+(asc|desc|ASC|DESC))?$');
  vKind := pView.info->COALESCE(ar[1], ar[3])->>'kind';

  IF ar[1] = ANY (pOutputs) THEN
    RETURN format('t.%I %s', ar[1], upper(COALESCE(ar[4], 'ASC')));
  END IF;

  IF pOutputs IS NOT NULL OR vKind IS NULL OR vKind IN ('json', 'other')
  OR NOT (CASE
       WHEN ar[2] IS NULL THEN true
       WHEN ar[2] IN ('length', 'char_length', 'lower', 'upper', 'btrim', 'ltrim', 'rtrim')
         THEN vKind = 'text'
       WHEN ar[2] IN ('abs', 'round', 'floor', 'ceil') THEN vKind IN ('integer', 'numeric')
       WHEN ar[2] = 'date' THEN vKind = 'datetime' AND pView.info->(ar[3])->>'cast' ~ 'timestamp|date'
       ELSE false
     END)
  THEN
    PERFORM IncorrectValueInArray(COALESCE(pItem, 'null'), 'orderby', COALESCE(pOutputs, pView.columns));
  END IF;

  RETURN CASE WHEN ar[2] IS NULL THEN format('t.%I %s', ar[1], upper(COALESCE(ar[4], 'ASC')))
              ELSE format('%s(t.%I) %s', ar[2], ar[3], upper(COALESCE(ar[4], 'ASC'))) END;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ParseOrder (db.view_column, text, text[]) IS
$$Writes one element of key orderby: a column or a known function of one, with a direction.

pView     what is recorded of the view
pItem     column [asc|desc], or length|lower|upper|abs|round|date ... (column) [asc|desc]
pOutputs  for a grouped result: the keys that may be named instead
Raises    IncorrectValueInArray for anything else$$;

-- ListOrder -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ListOrder (
  pView         db.view_column,
  pOrderBy      jsonb,
  pOutputs      text[] DEFAULT NULL
) RETURNS       text
AS $$
DECLARE
  vOrder        text;
  vItem         text;
BEGIN
  IF COALESCE(pOrderBy, 'null') IN ('null', '[]') THEN
    IF pOutputs IS NOT NULL THEN
      RETURN '';
    END IF;
    SELECT format(' ORDER BY t.%I %s', d.name, d.direction) INTO vOrder
      FROM (VALUES
        (1, 'sequence', ''), (2, 'created', 'DESC'), (3, 'date', 'DESC'), (4, 'datetime', 'DESC'),
        (5, 'name', ''), (6, 'label', ''), (7, 'text', ''), (8, 'code', ''), (9, 'id', '')
      ) AS d (place, name, direction)
     WHERE pView.info ? d.name
       AND pView.info->(d.name)->>'kind' NOT IN ('json', 'other')
     ORDER BY d.place
     LIMIT 1;
    RETURN COALESCE(vOrder, '');
  END IF;

  -- Anything that is no array has always meant no order at all.
  IF jsonb_typeof(pOrderBy) <> 'array' THEN
    RETURN '';
  END IF;

  FOR i IN 0 .. jsonb_array_length(pOrderBy) - 1
  LOOP
    vItem := pOrderBy->>i;
    -- A column alone is not worth the call of ParseOrder().
    vOrder := COALESCE(vOrder || ', ', ' ORDER BY ')
           || CASE WHEN pOutputs IS NULL AND pView.info->vItem->>'kind' NOT IN ('json', 'other')
                   THEN 't.' || quote_ident(vItem)
                   ELSE ParseOrder(pView, vItem, pOutputs) END;
  END LOOP;

  RETURN vOrder;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ListOrder (db.view_column, jsonb, text[]) IS
$$Writes the ORDER BY of a list.

Without a wish: the first of sequence, created, date, datetime (the newest first), name, label,
text, code, id that the view has.
pView     what is recorded of the view
pOrderBy  array of columns with asc or desc
pOutputs  for a grouped result: the keys that may be named
Returns   the clause with a blank before it, or nothing$$;
