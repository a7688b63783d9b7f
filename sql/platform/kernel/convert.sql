-- MINDATE, MAXDATE ------------------------------------------------------------
CREATE OR REPLACE FUNCTION MINDATE ()
RETURNS         date
AS $$
  SELECT DATE '1970-01-01';
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION MINDATE () IS 'Returns the date that stands for none.';

CREATE OR REPLACE FUNCTION MAXDATE ()
RETURNS         date
AS $$
  SELECT DATE '4433-12-31';
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION MAXDATE () IS 'Returns the open end of every interval of validity.';

-- CheckNull -------------------------------------------------------------------
DO $do$
DECLARE
  r             record;
BEGIN
  FOR r IN SELECT * FROM (VALUES
    ('uuid',        'NULLIF(pValue, ''00000000-0000-4000-8000-000000000000'')'),
    ('text',        'NULLIF(pValue, '''')'),
    ('jsonb',       'NULLIF(pValue, ''{}'')'),
    ('json',        'CASE WHEN pValue::jsonb = ''{}'' THEN NULL ELSE pValue END'),
    ('numeric',     'NULLIF(pValue, 0)'),
    ('integer',     'NULLIF(pValue, -1)'),
    ('timestamp',   'NULLIF(pValue, TIMESTAMP ''1970-01-01'')'),
    ('timestamptz', 'NULLIF(pValue, DATE ''1970-01-01''::timestamptz)'),
    ('interval',    'NULLIF(pValue, INTERVAL ''0'')')
  ) AS t (type, expression)
  LOOP
    EXECUTE format($fmt$
CREATE OR REPLACE FUNCTION CheckNull (
  pValue        %1$s
) RETURNS       %1$s
AS $body$
  SELECT %2$s;
$body$ LANGUAGE sql %3$s;

COMMENT ON FUNCTION CheckNull (%1$s) IS 'Returns null for the value that stands for none, else the value.';
$fmt$, r.type, r.expression, CASE r.type WHEN 'timestamptz' THEN 'STABLE' ELSE 'IMMUTABLE' END);
  END LOOP;
END;
$do$;

-- IntToStr, StrToInt ----------------------------------------------------------
CREATE OR REPLACE FUNCTION IntToStr (
  pValue        numeric,
  pFormat       text DEFAULT 'FM999999999999990'
) RETURNS       text
AS $$
  SELECT to_char(pValue, pFormat);
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION IntToStr (numeric, text) IS 'Writes a number by a format of to_char().';

CREATE OR REPLACE FUNCTION StrToInt (
  pValue        text,
  pFormat       text DEFAULT '999999999999999'
) RETURNS       numeric
AS $$
  SELECT to_number(pValue, pFormat);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION StrToInt (text, text) IS 'Reads a number by a format of to_number().';

-- DateToStr -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION DateToStr (
  pValue        timestamptz,
  pFormat       text DEFAULT 'DD.MM.YYYY HH24:MI:SS'
) RETURNS       text
AS $$
  SELECT to_char(pValue, pFormat);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION DateToStr (timestamptz, text) IS 'Writes a moment by a format of to_char().';

CREATE OR REPLACE FUNCTION DateToStr (
  pValue        timestamp,
  pFormat       text DEFAULT 'DD.MM.YYYY HH24:MI:SS'
) RETURNS       text
AS $$
  SELECT to_char(pValue, pFormat);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION DateToStr (timestamp, text) IS 'Writes a moment by a format of to_char().';

CREATE OR REPLACE FUNCTION DateToStr (
  pValue        date,
  pFormat       text DEFAULT 'DD.MM.YYYY'
) RETURNS       text
AS $$
  SELECT to_char(pValue, pFormat);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION DateToStr (date, text) IS 'Writes a date by a format of to_char().';

-- StrToDate, StrToTimeStamp, StrToTimeStamptz, StrToTime, StrToInterval --------
CREATE OR REPLACE FUNCTION StrToDate (
  pValue        text,
  pFormat       text DEFAULT 'DD.MM.YYYY'
) RETURNS       date
AS $$
  SELECT to_date(pValue, pFormat);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION StrToDate (text, text) IS 'Reads a date by a format of to_date().';

CREATE OR REPLACE FUNCTION StrToTimeStamp (
  pValue        text,
  pFormat       text DEFAULT 'DD.MM.YYYY HH24:MI:SS'
) RETURNS       timestamp
AS $$
  SELECT to_timestamp(pValue, pFormat)::timestamp;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION StrToTimeStamp (text, text) IS 'Reads a moment without zone by a format of to_timestamp().';

CREATE OR REPLACE FUNCTION StrToTimeStamptz (
  pValue        text,
  pFormat       text DEFAULT 'DD.MM.YYYY HH24:MI:SS'
) RETURNS       timestamptz
AS $$
  SELECT to_timestamp(pValue, pFormat);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION StrToTimeStamptz (text, text) IS 'Reads a moment by a format of to_timestamp().';

CREATE OR REPLACE FUNCTION StrToTime (
  pValue        text
) RETURNS       time
AS $$
  SELECT pValue::time;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION StrToTime (text) IS 'Reads a time of day.';

CREATE OR REPLACE FUNCTION StrToInterval (
  pValue        text
) RETURNS       interval
AS $$
  SELECT pValue::interval;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION StrToInterval (text) IS 'Reads an interval.';

-- UTC -------------------------------------------------------------------------
CREATE OR REPLACE FUNCTION UTC ()
RETURNS         timestamptz
AS $$
  SELECT current_timestamp AT TIME ZONE 'utc';
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION UTC () IS 'Returns the clock of UTC read as local time.';

-- GetISOTime ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetISOTime (
  pTime         timestamp DEFAULT current_timestamp AT TIME ZONE 'utc'
) RETURNS       text
AS $$
  SELECT to_char(pTime, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetISOTime (timestamp) IS 'Writes a moment of UTC in ISO 8601, with milliseconds.';

-- GetEpoch, GetEpochMs --------------------------------------------------------
CREATE OR REPLACE FUNCTION GetEpoch (
  pTime         timestamp DEFAULT current_timestamp AT TIME ZONE 'utc'
) RETURNS       double precision
AS $$
  SELECT trunc(extract(epoch FROM pTime))::double precision;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetEpoch (timestamp) IS 'Returns the whole seconds from 1970 to a moment of UTC.';

CREATE OR REPLACE FUNCTION GetEpochMs (
  pTime         timestamp DEFAULT current_timestamp AT TIME ZONE 'utc'
) RETURNS       double precision
AS $$
  SELECT trunc(extract(epoch FROM pTime) * 1000)::double precision;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetEpochMs (timestamp) IS 'Returns the whole milliseconds from 1970 to a moment of UTC.';

-- Dow -------------------------------------------------------------------------
CREATE OR REPLACE FUNCTION Dow (
  pDateTime     timestamptz DEFAULT now()
) RETURNS       integer
AS $$
  SELECT extract(isodow FROM pDateTime)::integer;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION Dow (timestamptz) IS 'Returns the day of the week: 1 Monday to 7 Sunday.';

-- IntervalArrayToStr ----------------------------------------------------------
CREATE OR REPLACE FUNCTION IntervalArrayToStr (
  pValue        interval[],
  pFormat       text DEFAULT 'HH24:MI'
) RETURNS       text[]
AS $$
  SELECT array_agg(to_char(v, pFormat) ORDER BY n) FROM unnest(pValue) WITH ORDINALITY AS t (v, n);
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION IntervalArrayToStr (interval[], text) IS 'Writes intervals by a format of to_char().';

-- SuccessMessage --------------------------------------------------------------
CREATE OR REPLACE FUNCTION SuccessMessage ()
RETURNS         text
AS $$
  SELECT CASE right(current_locale()::text, 12)
    WHEN '000000000002' THEN 'Успешно'
    WHEN '000000000003' THEN 'Erfolgreich'
    WHEN '000000000004' THEN 'Succès'
    WHEN '000000000005' THEN 'Riuscito'
    WHEN '000000000006' THEN 'Correcto'
    ELSE 'Success'
  END;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION SuccessMessage () IS
'Returns the word of success that answers carry, in the current locale.';

-- result_success --------------------------------------------------------------
CREATE OR REPLACE FUNCTION result_success (
  OUT result    boolean,
  OUT message   text
) RETURNS       record
AS $$
  SELECT true, SuccessMessage();
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION result_success () IS 'Returns true and the word of success.';

-- error_success ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION error_success (
  OUT result    integer,
  OUT message   text
) RETURNS       record
AS $$
  SELECT 0, SuccessMessage();
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION error_success () IS 'Returns 0 and the word of success.';
