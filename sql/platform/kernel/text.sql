-- TrimPhone -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION TrimPhone (
  pPhone        text
) RETURNS       text
AS $$
DECLARE
  vPhone        text := NULLIF(regexp_replace(pPhone, '\D', '', 'g'), '');
BEGIN
  IF length(vPhone) NOT BETWEEN 10 AND 12 THEN
    PERFORM InvalidPhoneNumber(pPhone);
  END IF;
  RETURN vPhone;
END;
$$ LANGUAGE plpgsql IMMUTABLE;

COMMENT ON FUNCTION TrimPhone (text) IS
$$Returns the digits of a phone number, null when there are none.

Raises   InvalidPhoneNumber for fewer than 10 or more than 12 digits$$;

-- is_valid_email --------------------------------------------------------------
CREATE OR REPLACE FUNCTION is_valid_email (
  email         text
) RETURNS       boolean
AS $$
  SELECT email ~ '^[A-Za-z0-9._%+-]+@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$';
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION is_valid_email (text) IS
'Tells whether a text looks like an e-mail address: ASCII name, dots, a top level of two letters or more.';

-- gen_random_code -------------------------------------------------------------
CREATE OR REPLACE FUNCTION gen_random_code ()
RETURNS         text
AS $$
  SELECT translate(encode(gen_random_bytes(12), 'base64'), '+/', 'ps');
$$ LANGUAGE sql VOLATILE;

COMMENT ON FUNCTION gen_random_code () IS 'Draws a code of 16 letters and digits.';

-- random_between --------------------------------------------------------------
CREATE OR REPLACE FUNCTION random_between (
  low           integer,
  high          integer
) RETURNS       integer
AS $$
  SELECT low + floor(random() * (high::bigint - low + 1))::integer;
$$ LANGUAGE sql VOLATILE STRICT;

COMMENT ON FUNCTION random_between (integer, integer) IS 'Draws a number from low to high, both included; not for secrets.';

-- word_count ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION word_count (
  str           text
) RETURNS       integer
AS $$
  SELECT COALESCE(cardinality(regexp_split_to_array(NULLIF(btrim(str, E' \t\r\n'), ''), '\s+')), 0);
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION word_count (text) IS 'Counts the words of a text.';

-- get_hostname_from_uri -------------------------------------------------------
CREATE OR REPLACE FUNCTION get_hostname_from_uri (
  uri           text
) RETURNS       text
AS $$
  SELECT substring(uri FROM '^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/@]*@)?([^/:?#]+)');
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION get_hostname_from_uri (text) IS 'Returns the host of a URI, null when it has none.';

-- get_input_value -------------------------------------------------------------
CREATE OR REPLACE FUNCTION get_input_value (
  html          text,
  str           text
) RETURNS       text
AS $$
  SELECT (regexp_match(i.tag[1], '\mvalue\s*=\s*"([^"]*)"', 'i'))[1]
    FROM regexp_matches(html, '<input\M[^>]*>', 'gi') AS i (tag)
   WHERE (regexp_match(i.tag[1], '\mname\s*=\s*"([^"]*)"', 'i'))[1] = str
   LIMIT 1;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION get_input_value (text, text) IS 'Returns the value of the input element of a name in an HTML text.';

-- URLEncode -------------------------------------------------------------------
CREATE OR REPLACE FUNCTION URLEncode (
  url           text
) RETURNS       text
AS $$
  SELECT string_agg(
           CASE WHEN c.code BETWEEN 48 AND 57 OR c.code BETWEEN 65 AND 90 OR c.code BETWEEN 97 AND 122
                  OR c.code IN (45, 46, 95, 126)
                THEN chr(c.code) ELSE '%' || lpad(to_hex(c.code), 2, '0') END,
           '' ORDER BY c.n)
    FROM (SELECT n, get_byte(b.bytes, n) AS code
            FROM (SELECT convert_to(url, 'UTF8') AS bytes) AS b,
                 generate_series(0, octet_length(b.bytes) - 1) AS n) AS c;
$$ LANGUAGE sql IMMUTABLE STRICT;

COMMENT ON FUNCTION URLEncode (text) IS
'Encodes a text for a URL: each byte but letters, digits and - . _ ~ as % and two lower-case hex digits.';

-- EncodingSubject -------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetEncodedTextRFC1342 (
  pText         text,
  pCharSet      text
) RETURNS       text
AS $$
  SELECT format('=?%s?B?%s?=', pCharSet,
                replace(encode(convert_to(pText, replace(upper(pCharSet), '-', '')), 'base64'), E'\n', ''));
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetEncodedTextRFC1342 (text, text) IS 'Writes a text as one encoded word of a mail header.';

CREATE OR REPLACE FUNCTION EncodingSubject (
  pSubject      text,
  pCharSet      text
) RETURNS       text
AS $$
  -- An encoded word has at most 75 characters: 11 letters of 4 bytes each always fit.
  SELECT COALESCE(string_agg(GetEncodedTextRFC1342(substr(pSubject, n, 11), pCharSet), E'\r\n ' ORDER BY n), '')
    FROM generate_series(1, length(pSubject), 11) AS n;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION EncodingSubject (text, text) IS 'Writes a subject as encoded words, folded.';
