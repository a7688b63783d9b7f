-- Removing areas that are no longer needed.

-- SafelyDeleteArea ------------------------------------------------------------
CREATE OR REPLACE FUNCTION SafelyDeleteArea (
  pId           uuid,
  OUT result    boolean,
  OUT message   text
) RETURNS       record
AS $$
BEGIN
  PERFORM DeleteArea(pId);
  result := true;
  message := SuccessMessage();
EXCEPTION
WHEN raise_exception OR foreign_key_violation THEN
  GET STACKED DIAGNOSTICS message = MESSAGE_TEXT;
  PERFORM SetErrorMessage(message);
  result := false;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SafelyDeleteArea (uuid) IS
$$Deletes an area and reports instead of raising.

pId      area
result   false when something refers to it, or the caller may not
message  the outcome in words$$;

-- ClearAreas ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION ClearAreas (
) RETURNS       integer
AS $$
DECLARE
  uArea         uuid;
  nDeleted      integer := 0;
BEGIN
  PERFORM RequireRight(16);

  -- From the leaves upwards, so that an area goes with all below it.
  FOR uArea IN
    SELECT id
      FROM db.area
     WHERE validtodate < now()
       AND scope = current_scope()
       AND id::text NOT LIKE '00000000-0000-4003-a00_-00000000000_'
     ORDER BY level DESC, id
  LOOP
    IF (SafelyDeleteArea(uArea)).result THEN
      nDeleted := nDeleted + 1;
    END IF;
  END LOOP;

  RETURN nDeleted;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ClearAreas () IS
$$Deletes the areas of the current scope that are out of use and that nothing refers to; needs right 16.

Those of the installation stay.
Returns  how many were deleted
Raises   AccessDenied$$;
