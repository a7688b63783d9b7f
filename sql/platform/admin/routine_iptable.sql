-- Addresses that a user may come from. As text: 10.0.0.1, 10.0.0.*, 10.0.0.1-10.0.0.9, 10.0.0.0/20
-- and the same of IPv6, except for the asterisk.

-- ParseAddress ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION ParseAddress (
  pText         text,
  OUT addr      inet,
  OUT range     integer
) RETURNS       record
AS $$
DECLARE
  vItem         text := btrim(pText);
  nStars        integer;
BEGIN
  IF vItem LIKE '%-%' THEN
    addr := btrim(split_part(vItem, '-', 1))::inet;
    range := btrim(split_part(vItem, '-', 2))::inet - addr + 1;
  ELSIF vItem LIKE '%*%' THEN
    nStars := length(vItem) - length(replace(vItem, '*', ''));
    addr := (replace(vItem, '*', '0') || '/' || 32 - 8 * nStars)::inet;
  ELSE
    addr := vItem::inet;
  END IF;

  IF range NOT BETWEEN 1 AND 255 THEN
    PERFORM ValueOutOfRange(vItem);
  END IF;
EXCEPTION
WHEN invalid_text_representation OR numeric_value_out_of_range OR invalid_parameter_value THEN
  PERFORM ValueOutOfRange(vItem);
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION ParseAddress (text) IS
$$Reads one address, network or range of addresses.

pText   its text form
addr    first address or network
range   how many addresses, when the text names a first and a last one
Raises  ValueOutOfRange for another text, and for a range of more than 255$$;

-- FormatAddress ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION FormatAddress (
  pAddr         inet,
  pRange        integer
) RETURNS       text
AS $$
  SELECT CASE
         WHEN pRange IS NOT NULL THEN host(pAddr) || '-' || host(pAddr + (pRange - 1))
         WHEN family(pAddr) = 4 AND masklen(pAddr) IN (8, 16, 24)
         THEN regexp_replace(host(pAddr), '(\.\d+){' || 4 - masklen(pAddr) / 8 || '}$',
                             repeat('.*', 4 - masklen(pAddr) / 8))
         ELSE abbrev(pAddr)
         END;
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION FormatAddress (inet, integer) IS
$$Writes an address, network or range of addresses the way it is entered.

pAddr   first address or network
pRange  how many addresses, null for a single address or a network$$;

-- AddressMatches --------------------------------------------------------------
CREATE OR REPLACE FUNCTION AddressMatches (
  pHost         inet,
  pAddr         inet,
  pRange        integer
) RETURNS       boolean
AS $$
  SELECT family(pHost) = family(pAddr)
         AND (pHost <<= pAddr
              OR (pRange > 1 AND pHost BETWEEN pAddr AND pAddr + (pRange - 1)));
$$ LANGUAGE sql IMMUTABLE;

COMMENT ON FUNCTION AddressMatches (inet, inet, integer) IS
$$Tells whether an address lies in a network, or in a range of addresses.

pHost   address
pAddr   network or first address
pRange  how many addresses; null means the network alone$$;

-- InetInList ------------------------------------------------------------------
CREATE OR REPLACE FUNCTION InetInList (
  pHost         inet,
  pList         text
) RETURNS       boolean
AS $$
  SELECT coalesce(bool_or(AddressMatches(pHost, a.addr, a.range)), false)
    FROM string_to_table(pList, ',') AS t (item),
         LATERAL ParseAddress(t.item) AS a
   WHERE btrim(t.item) <> '';
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION InetInList (inet, text) IS
$$Tells whether an address is named by a list of addresses.

pHost  address
pList  addresses, networks and ranges separated by commas$$;

-- CheckIPTable ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckIPTable (
  pUserId       uuid,
  pType         char,
  pHost         inet
) RETURNS       boolean
AS $$
  SELECT bool_or(AddressMatches(pHost, addr, range))
    FROM db.iptable
   WHERE userid = pUserId
     AND type = pType;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION CheckIPTable (uuid, char, inet) IS
$$Tells whether an address is in the allow (A) or deny (D) list of a user.

pUserId  user
pType    A or D
pHost    address
Returns  null when the list is empty$$;

-- CheckIPTable ----------------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckIPTable (
  pUserId       uuid,
  pHost         inet
) RETURNS       boolean
AS $$
  SELECT pHost IS NULL
         OR (NOT coalesce(bool_or(AddressMatches(pHost, addr, range)) FILTER (WHERE type = 'D'), false)
             AND coalesce(bool_or(AddressMatches(pHost, addr, range)) FILTER (WHERE type = 'A'), true))
    FROM db.iptable
   WHERE userid = pUserId;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION CheckIPTable (uuid, inet) IS
$$Tells whether a user may come from an address: not denied, and allowed where an allow list exists.

pUserId  user
pHost    address; null, a call from within, passes$$;

-- GetIPTableStr ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION GetIPTableStr (
  pUserId       uuid,
  pType         char DEFAULT 'A'
) RETURNS       text
AS $$
  SELECT string_agg(FormatAddress(addr, range), ', ' ORDER BY id)
    FROM db.iptable
   WHERE userid = pUserId
     AND type = pType;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetIPTableStr (uuid, char) IS
$$Gives the allow or deny list of a user as text; null for an empty one.

pUserId  user
pType    A allow, D deny$$;

-- SetIPTableStr ---------------------------------------------------------------
CREATE OR REPLACE FUNCTION SetIPTableStr (
  pUserId       uuid,
  pType         char,
  pIpTable      text
) RETURNS       void
AS $$
BEGIN
  DELETE FROM db.iptable WHERE userid = pUserId AND type = pType;

  INSERT INTO db.iptable (type, userid, addr, range)
  SELECT pType, pUserId, a.addr, a.range
    FROM string_to_table(pIpTable, ',') WITH ORDINALITY AS t (item, place),
         LATERAL ParseAddress(t.item) AS a
   WHERE btrim(t.item) <> ''
   ORDER BY t.place;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION SetIPTableStr (uuid, char, text) IS
$$Replaces the allow or deny list of a user.

pUserId   user
pType     A allow, D deny
pIpTable  addresses, networks and ranges separated by commas; empty or null clears the list
Raises    ValueOutOfRange for an item that is none of these$$;
