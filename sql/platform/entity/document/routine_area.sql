-- Which areas' documents a reader sees. Worked out once a transaction, kept in a transaction-local setting.

-- VisibleAreas ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION VisibleAreas ()
RETURNS         uuid[]
AS $$
DECLARE
  uArea         uuid := current_area();
  uScope        uuid := current_scope();
  vKey          text := concat(uArea, uScope);
  uAreas        uuid[];
BEGIN
  IF current_setting('area.key', true) = vKey THEN
    RETURN current_setting('area.visible', true)::uuid[];
  END IF;

  WITH RECURSIVE tree (id) AS (
    SELECT a.id
      FROM db.area a
     WHERE a.scope = uScope
       AND (a.id = uArea OR a.type = '00000000-0000-4002-a001-000000000000')
     UNION
    SELECT a.id
      FROM tree t
     INNER JOIN db.area a ON a.parent = t.id
     WHERE a.scope = uScope
       AND a.type <> '00000000-0000-4002-a001-000000000000'
  )
  SELECT COALESCE(array_agg(id), '{}') INTO uAreas FROM tree;

  PERFORM set_config('area.visible', uAreas::text, true), set_config('area.key', vKey, true);
  RETURN uAreas;
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION VisibleAreas () IS
$$Lists the areas whose documents are seen from the current area: it and what is below it, and every
area of type default of the current scope with what is below.

The way down never enters another area of type default, nor another scope.$$;

-- area: forget ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION db.ft_area_visible ()
RETURNS         trigger
AS $$
BEGIN
  PERFORM set_config('area.key', '', true);
  RETURN NULL;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION db.ft_area_visible () IS 'Makes VisibleAreas() look again: an area was changed in this transaction.';

CREATE OR REPLACE TRIGGER t_area_visible
  AFTER INSERT OR UPDATE OR DELETE ON db.area
  FOR EACH STATEMENT
  EXECUTE FUNCTION db.ft_area_visible();

-- DocumentAreaTree, DocumentAreaTreeId ----------------------------------------
CREATE OR REPLACE VIEW DocumentAreaTree AS
  SELECT id, parent, type, scope, code, name, description, level, sequence, validfromdate, validtodate
    FROM db.area
   WHERE id = ANY ((SELECT VisibleAreas())::uuid[]);

COMMENT ON VIEW DocumentAreaTree IS 'Areas whose documents are seen from the current area.';

CREATE OR REPLACE VIEW DocumentAreaTreeId AS
  SELECT id
    FROM unnest((SELECT VisibleAreas())::uuid[]) AS t (id);

COMMENT ON VIEW DocumentAreaTreeId IS 'Identifiers of the areas whose documents are seen from the current area.';
