-- bit_to_dec ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION bit_to_dec (
  b             varbit
) RETURNS       numeric
AS $$
DECLARE
  nResult       numeric := 0;
BEGIN
  FOR i IN 0 .. length(b) - 1
  LOOP
    nResult := nResult * 2 + get_bit(b, i);
  END LOOP;
  RETURN nResult;
END;
$$ LANGUAGE plpgsql IMMUTABLE STRICT;

COMMENT ON FUNCTION bit_to_dec (varbit) IS 'Reads bits, the most significant first, as a number.';

-- bin_to_dec ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION bin_to_dec (
  b             text
) RETURNS       numeric
AS $$
BEGIN
  RETURN bit_to_dec(b::varbit);
END;
$$ LANGUAGE plpgsql IMMUTABLE STRICT;

COMMENT ON FUNCTION bin_to_dec (text) IS 'Reads a text of 0 and 1 as a number.';

-- dec_to_bin ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION dec_to_bin (
  d             numeric,
  l             integer DEFAULT 1,
  f             text DEFAULT '0'
) RETURNS       text
AS $$
DECLARE
  n             numeric := trunc(d);
  vResult       text := '';
BEGIN
  WHILE n > 0
  LOOP
    vResult := mod(n, 2)::text || vResult;
    n := div(n, 2);
  END LOOP;
  RETURN CASE WHEN length(vResult) < l THEN lpad(vResult, l, f) ELSE vResult END;
END;
$$ LANGUAGE plpgsql IMMUTABLE STRICT;

COMMENT ON FUNCTION dec_to_bin (numeric, integer, text) IS
$$Writes a number that is not negative in base 2.

d        number
l        least length
f        what fills it up on the left$$;

-- hex_to_dec ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION hex_to_dec (
  h             text
) RETURNS       numeric
AS $$
DECLARE
  nResult       numeric := 0;
  nDigit        integer;
BEGIN
  FOR i IN 1 .. length(h)
  LOOP
    nDigit := strpos('0123456789abcdef', lower(substr(h, i, 1))) - 1;
    IF nDigit < 0 THEN
      RAISE EXCEPTION 'Cannot read number: digits must be hexadecimal, are %', h
        USING ERRCODE = 'invalid_text_representation';
    END IF;
    nResult := nResult * 16 + nDigit;
  END LOOP;
  RETURN nResult;
END;
$$ LANGUAGE plpgsql IMMUTABLE STRICT;

COMMENT ON FUNCTION hex_to_dec (text) IS 'Reads a number in base 16, of any length.';

-- hex_to_num64 ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION hex_to_num64 (
  h             text
) RETURNS       numeric
AS $$
BEGIN
  RETURN hex_to_dec(h);
END;
$$ LANGUAGE plpgsql IMMUTABLE STRICT;

COMMENT ON FUNCTION hex_to_num64 (text) IS 'Reads 64 bits in base 16 as a number without sign.';

-- hex_to_bit ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION hex_to_bit (
  hex           text
) RETURNS       varbit
AS $$
BEGIN
  RETURN ('x' || hex)::varbit;
END;
$$ LANGUAGE plpgsql IMMUTABLE STRICT;

COMMENT ON FUNCTION hex_to_bit (text) IS 'Returns the bits of hexadecimal digits, four each.';

-- hex_to_int ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION hex_to_int (
  h             text
) RETURNS       bigint
AS $$
BEGIN
  RETURN ('x' || lpad(h, 8, '0'))::bit(32)::integer;
END;
$$ LANGUAGE plpgsql IMMUTABLE STRICT;

COMMENT ON FUNCTION hex_to_int (text) IS 'Reads 32 bits in base 16 as a signed number.';

-- hex_to_bigint ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION hex_to_bigint (
  h             text
) RETURNS       bigint
AS $$
BEGIN
  RETURN ('x' || lpad(h, 16, '0'))::bit(64)::bigint;
END;
$$ LANGUAGE plpgsql IMMUTABLE STRICT;

COMMENT ON FUNCTION hex_to_bigint (text) IS 'Reads 64 bits in base 16 as a signed number.';

-- dec_to_hex ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION dec_to_hex (
  d             numeric,
  l             integer DEFAULT NULL
) RETURNS       text
AS $$
DECLARE
  n             numeric := trunc(d);
  vResult       text := CASE WHEN trunc(d) = 0 THEN '0' ELSE '' END;
BEGIN
  IF d IS NULL THEN
    RETURN NULL;
  END IF;
  WHILE n > 0
  LOOP
    vResult := substr('0123456789abcdef', mod(n, 16)::integer + 1, 1) || vResult;
    n := div(n, 16);
  END LOOP;
  RETURN CASE WHEN length(vResult) < l THEN lpad(vResult, l, '0') ELSE vResult END;
END;
$$ LANGUAGE plpgsql IMMUTABLE;

COMMENT ON FUNCTION dec_to_hex (numeric, integer) IS
$$Writes a number that is not negative in base 16, lower case.

d        number
l        least length, filled up with 0$$;

-- bit_copy --------------------------------------------------------------------
CREATE OR REPLACE FUNCTION bit_copy (
  b             numeric,
  p             integer,
  c             integer
) RETURNS       numeric
AS $$
BEGIN
  RETURN trunc(mod(div(trunc(b), power(2::numeric, p)), power(2::numeric, c)));
END;
$$ LANGUAGE plpgsql IMMUTABLE STRICT;

COMMENT ON FUNCTION bit_copy (numeric, integer, integer) IS
$$Returns some bits of a number as a number.

b        number
p        first bit, 0 is the least significant
c        how many bits$$;

-- to_little_endian ------------------------------------------------------------
CREATE OR REPLACE FUNCTION to_little_endian (
  b             bytea
) RETURNS       bytea
AS $$
DECLARE
  bResult       bytea := b;
  nLength       integer := octet_length(b);
BEGIN
  FOR i IN 0 .. nLength - 1
  LOOP
    bResult := set_byte(bResult, i, get_byte(b, nLength - 1 - i));
  END LOOP;
  RETURN bResult;
END;
$$ LANGUAGE plpgsql IMMUTABLE STRICT;

COMMENT ON FUNCTION to_little_endian (bytea) IS 'Returns the bytes in the other order.';

CREATE OR REPLACE FUNCTION to_little_endian (
  h             text
) RETURNS       text
AS $$
BEGIN
  RETURN encode(to_little_endian(decode(CASE WHEN length(h) % 2 = 1 THEN '0' ELSE '' END || h, 'hex')), 'hex');
END;
$$ LANGUAGE plpgsql IMMUTABLE STRICT;

COMMENT ON FUNCTION to_little_endian (text) IS 'Returns bytes in base 16 in the other order.';

CREATE OR REPLACE FUNCTION to_little_endian (
  d             numeric,
  l             integer
) RETURNS       numeric
AS $$
BEGIN
  RETURN hex_to_dec(to_little_endian(dec_to_hex(d, l * 2)));
END;
$$ LANGUAGE plpgsql IMMUTABLE STRICT;

COMMENT ON FUNCTION to_little_endian (numeric, integer) IS
$$Returns a number with its bytes in the other order.

d        number
l        how many bytes it has$$;

-- IEEE754_32 ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION IEEE754_32 (
  p             numeric
) RETURNS       numeric
AS $$
DECLARE
  nSign         numeric := CASE bit_copy(p, 31, 1) WHEN 1 THEN -1 ELSE 1 END;
  nExponent     integer := bit_copy(p, 23, 8);
  nMantissa     numeric := bit_copy(p, 0, 23);
BEGIN
  IF nExponent = 255 THEN
    RETURN CASE WHEN nMantissa > 0 THEN 'NaN'::numeric ELSE nSign * 'Infinity'::numeric END;
  ELSIF nExponent = 0 THEN
    RETURN nSign * nMantissa * power(2::numeric, -149);
  END IF;
  RETURN nSign * (1 + nMantissa / 8388608) * power(2::numeric, nExponent - 127);
END;
$$ LANGUAGE plpgsql IMMUTABLE STRICT;

COMMENT ON FUNCTION IEEE754_32 (numeric) IS 'Reads 32 bits, given as a number, as a floating-point number.';

-- IEEE754_64 ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION IEEE754_64 (
  p             numeric
) RETURNS       numeric
AS $$
DECLARE
  nSign         numeric := CASE bit_copy(p, 63, 1) WHEN 1 THEN -1 ELSE 1 END;
  nExponent     integer := bit_copy(p, 52, 11);
  nMantissa     numeric := bit_copy(p, 0, 52);
BEGIN
  IF nExponent = 2047 THEN
    RETURN CASE WHEN nMantissa > 0 THEN 'NaN'::numeric ELSE nSign * 'Infinity'::numeric END;
  ELSIF nExponent = 0 THEN
    RETURN nSign * nMantissa * power(2::numeric, -1074);
  END IF;
  RETURN nSign * (1 + nMantissa / 4503599627370496) * power(2::numeric, nExponent - 1023);
END;
$$ LANGUAGE plpgsql IMMUTABLE STRICT;

COMMENT ON FUNCTION IEEE754_64 (numeric) IS 'Reads 64 bits, given as a number, as a floating-point number.';
