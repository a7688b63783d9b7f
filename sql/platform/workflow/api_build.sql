-- The wrappers of schema api that all kinds share, built from a table of their parameters.

-- BuildWorkflowGet ------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildWorkflowGet (
  pView         text
) RETURNS       void
AS $$
BEGIN
  EXECUTE format($fmt$
CREATE OR REPLACE FUNCTION api.get_%1$s (
  pId           uuid
) RETURNS       SETOF api.%1$I
AS 'BEGIN RETURN QUERY SELECT * FROM api.%1$I WHERE id = pId; END;' LANGUAGE plpgsql STABLE
   SECURITY DEFINER
   SET search_path = kernel, public, pg_temp$fmt$, pView);

  EXECUTE format('COMMENT ON FUNCTION api.get_%s (uuid) IS %L', pView,
    format(E'Returns one %s; no row when there is none.\n\npId  identifier', pView));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildWorkflowGet (text) IS
$$Creates api.get_<view>().

pView  view of schema api with a column id$$;

-- BuildWorkflowSet ------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildWorkflowSet (
  pKind         text,
  pAdd          text[],
  pEdit         text[]
) RETURNS       void
AS $$
DECLARE
  vName         text := initcap(pKind);
  vDoor         text := 'LANGUAGE plpgsql SECURITY DEFINER SET search_path = kernel, public, pg_temp';
  vValues       text := (SELECT string_agg(split_part(p, ' ', 1), ', ') FROM unnest(pAdd) AS p);
  vNames        text := (SELECT string_agg(format('%s  %s', rpad(split_part(p, ' ', 1), 12),
                                  lower(substr(split_part(p, ' ', 1), 2))), E'\n') FROM unnest(pAdd) AS p);
  r             record;
BEGIN
  FOR r IN
    SELECT * FROM (VALUES
      ('add_', array_to_string(pAdd, ', '), 'uuid',
       format('BEGIN RETURN Add%s(%s); END;', vName, vValues),
       E'Adds one %1$s.\n\n%2$s\nReturns       its id'),

      ('update_', 'pId uuid, ' || array_to_string(pEdit, ', '), 'void',
       format('BEGIN
  IF NOT EXISTS (SELECT FROM %1$s WHERE id = pId) THEN
    PERFORM ObjectNotFound(%2$L, ''id'', pId);
  END IF;
  PERFORM Edit%1$s(pId, %3$s);
END;', vName, pKind, vValues),
       E'Changes one %1$s; null keeps a value.\n\npId           %1$s\n%2$s\nRaises        ObjectNotFound when there is none'),

      ('set_', 'pId uuid, ' || array_to_string(pEdit, ', '), format('SETOF api.%I', pKind),
       format('BEGIN
  IF pId IS NULL THEN
    pId := api.add_%1$s(%2$s);
  ELSE
    PERFORM api.update_%1$s(pId, %2$s);
  END IF;
  RETURN QUERY SELECT * FROM api.%1$I WHERE id = pId;
END;', pKind, vValues),
       E'Adds one %1$s when no id is given, else changes it.\n\npId           %1$s\n%2$s\nReturns       the row'),

      ('delete_', 'pId uuid', 'void',
       format('BEGIN
  PERFORM Delete%s(pId);
EXCEPTION
WHEN foreign_key_violation THEN
  PERFORM OperationNotPossible();
END;', vName),
       E'Deletes one %1$s that nothing depends on; deleting what is not there is no error.\n\npId           %1$s\n'
       'Raises        OperationNotPossible when something depends on it')
    ) AS t (name, arguments, result, body, comment)
  LOOP
    EXECUTE format('CREATE OR REPLACE FUNCTION api.%s%s (%s) RETURNS %s AS %L %s',
                   r.name, pKind, r.arguments, r.result, r.body, vDoor);
    EXECUTE format('COMMENT ON FUNCTION api.%s%s IS %L', r.name, pKind, format(r.comment, pKind, vNames));
  END LOOP;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildWorkflowSet (text, text[], text[]) IS
$$Creates api.add_, api.update_, api.set_ and api.delete_ of one kind over Add, Edit and Delete of the kernel.

pKind  kind, and the name of its view
pAdd   parameters of Add, "pName type" with their defaults
pEdit  the same parameters with the defaults of Edit, null keeps$$;
