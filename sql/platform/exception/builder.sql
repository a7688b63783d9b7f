-- BuildException --------------------------------------------------------------
CREATE OR REPLACE FUNCTION BuildException (
  pName         text,
  pArguments    text,
  pCode         text,
  pWhen         text,
  pValues       text DEFAULT NULL,
  pRaise        text DEFAULT 'RaiseError('
) RETURNS       void
AS $$
DECLARE
  vValues       text := pValues;
BEGIN
  IF vValues IS NULL AND pArguments <> '' THEN
    SELECT string_agg(split_part(btrim(a.text), ' ', 1) || '::text', ', ' ORDER BY a.n) INTO vValues
      FROM unnest(string_to_array(pArguments, ',')) WITH ORDINALITY AS a (text, n);
  END IF;

  EXECUTE format(
    'CREATE OR REPLACE FUNCTION kernel.%s (%s) RETURNS void AS %L LANGUAGE plpgsql',
    pName, pArguments,
    format('BEGIN PERFORM %s%L%s); END;', pRaise, pCode, coalesce(', ' || nullif(vValues, ''), '')));

  EXECUTE format('COMMENT ON FUNCTION kernel.%s (%s) IS %L',
    pName, pArguments, format('Raises %s: %s.', pCode, pWhen));
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION BuildException (text, text, text, text, text, text) IS
$$Creates a function of the schema kernel that raises one error of the catalog.

pName       its name
pArguments  its arguments, "pName type" separated by commas; '' for none
pCode       ERR-GGG-CCC
pWhen       when it is raised, for the comment
pValues     expressions that fill the text's placeholders; null means the arguments in their order
pRaise      how it is raised, up to the code$$;
