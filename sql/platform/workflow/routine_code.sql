-- Codes and names by identifier: one row, one function. Names are in the current locale, with the
-- fallback of db.workflow_label.
DO $do$
DECLARE
  r             record;
BEGIN
  FOR r IN
    SELECT * FROM (VALUES
      ('GetClassCode',     'pId',    'class_tree', 'the code of a class'),
      ('GetTypeCode',      'pId',    'type',       'the code of a type'),
      ('GetStateTypeCode', 'pId',    'state_type', 'the code of a kind of state'),
      ('GetStateCode',     'pState', 'state',      'the code of a state'),
      ('GetActionCode',    'pId',    'action',     'the code of an action'),
      ('GetMethodCode',    'pId',    'method',     'the code of a method'),
      ('GetPriorityCode',  'pId',    'priority',   'the code of a priority'),
      ('GetEntityName',    'pId',    NULL,         'the name of an entity'),
      ('GetClassLabel',    'pClass', NULL,         'the label of a class'),
      ('GetStateLabel',    'pState', NULL,         'the label of a state'),
      ('GetStateTypeName', 'pId',    NULL,         'the name of a kind of state'),
      ('GetActionName',    'pId',    NULL,         'the name of an action'),
      ('GetMethodLabel',   'pId',    NULL,         'the label of a method'),
      ('GetPriorityName',  'pId',    NULL,         'the name of a priority')
    ) AS t (name, parameter, code, what)
  LOOP
    EXECUTE format(
      'CREATE OR REPLACE FUNCTION kernel.%s (%s uuid) RETURNS text AS %L LANGUAGE plpgsql STABLE STRICT',
      r.name, r.parameter,
      format('BEGIN RETURN (%s); END;',
        CASE WHEN r.code IS NOT NULL THEN format('SELECT code FROM db.%I WHERE id = %s', r.code, r.parameter)
        ELSE format('SELECT label FROM db.workflow_label WHERE id = %s AND locale = current_locale()', r.parameter)
        END));
    EXECUTE format('COMMENT ON FUNCTION kernel.%s (uuid) IS %L', r.name,
      format(E'Gives %s; null when there is none.\n\n%s  identifier', r.what, r.parameter));
  END LOOP;
END;
$do$;

-- GetTypeName -----------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetTypeName (
  pId           uuid,
  pLocale       uuid DEFAULT current_locale()
) RETURNS       text
AS $$
BEGIN
  RETURN (SELECT label FROM db.workflow_label WHERE id = pId AND locale = pLocale);
END;
$$ LANGUAGE plpgsql STABLE STRICT;

COMMENT ON FUNCTION GetTypeName (uuid, uuid) IS
$$Gives the name of a type; null when there is none.

pId      type
pLocale  locale; by default the current one$$;
