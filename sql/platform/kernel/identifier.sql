-- null_uuid -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION null_uuid ()
RETURNS         uuid
AS $$
  SELECT '00000000-0000-4000-8000-000000000000'::uuid;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION null_uuid () IS
'Returns the identifier that stands for none; CheckNull() turns it into null.';

-- gen_kernel_uuid -------------------------------------------------------------
CREATE OR REPLACE FUNCTION gen_kernel_uuid (
  prefix        char DEFAULT NULL
) RETURNS       uuid
AS $$
  SELECT overlay(gen_random_uuid()::text PLACING COALESCE(prefix::text, '')
                 FROM 20 FOR COALESCE(length(prefix), 0))::uuid;
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION gen_kernel_uuid (char) IS
$$Draws a version 4 identifier whose twentieth character tells its kind.

prefix   8 data, a users and groups, b workflow; null leaves the character as drawn
Returns  the identifier$$;
