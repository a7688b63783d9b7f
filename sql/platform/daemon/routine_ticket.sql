-- Recovery tickets: a ticket that was sent to its owner by mail or telephone, and its answer.

-- AddRecoveryTicket -----------------------------------------------------------
CREATE OR REPLACE FUNCTION AddRecoveryTicket (
  pUserId         uuid,
  pSecurityAnswer text,
  pInitiator      text,
  pDateFrom       timestamptz DEFAULT NULL,
  pDateTo         timestamptz DEFAULT NULL,
  pPurpose        char DEFAULT 'P'
) RETURNS         uuid
AS $$
  INSERT INTO db.recovery_ticket (userid, purpose, securityanswer, initiator, validfromdate, validtodate)
  VALUES (pUserId, pPurpose, crypt(pSecurityAnswer, gen_salt('bf', 8)),
          encode(digest(pInitiator, 'sha1'), 'hex'), coalesce(pDateFrom, now()),
          coalesce(pDateTo, now() + interval '1 hour'))
  RETURNING ticket;
$$ LANGUAGE sql;

COMMENT ON FUNCTION AddRecoveryTicket (uuid, text, text, timestamptz, timestamptz, char) IS
$$Stores a ticket for a user.

pSecurityAnswer  the answer, stored as a hash
pInitiator       address or number that the answer is sent to, stored as a hash
pPurpose         P password recovery, R registration
Returns          the ticket$$;

-- NewRecoveryTicket -----------------------------------------------------------
CREATE OR REPLACE FUNCTION NewRecoveryTicket (
  pUserId         uuid,
  pSecurityAnswer text,
  pInitiator      text,
  pDateFrom       timestamptz DEFAULT now(),
  pDateTo         timestamptz DEFAULT now() + interval '1 hour',
  pPurpose        char DEFAULT 'P'
) RETURNS         uuid
AS $$
  -- The ones before end: only the answer that was sent last opens anything.
  UPDATE db.recovery_ticket
     SET validtodate = now()
   WHERE userid = pUserId
     AND purpose = pPurpose
     AND initiator = encode(digest(pInitiator, 'sha1'), 'hex')
     AND validtodate > now();

  SELECT AddRecoveryTicket(pUserId, pSecurityAnswer, pInitiator, pDateFrom, pDateTo, pPurpose);
$$ LANGUAGE sql;

COMMENT ON FUNCTION NewRecoveryTicket (uuid, text, text, timestamptz, timestamptz, char) IS
$$Stores a ticket for a user in place of the ones sent to the same address before.

pSecurityAnswer  the answer, stored as a hash
pInitiator       address or number that the answer is sent to, stored as a hash
pPurpose         P password recovery, R registration
Returns          the ticket$$;

-- GetRecoveryTicket -----------------------------------------------------------
CREATE OR REPLACE FUNCTION GetRecoveryTicket (
  pUserId       uuid,
  pDateFrom     timestamptz DEFAULT now()
) RETURNS       uuid
AS $$
  SELECT ticket
    FROM db.recovery_ticket
   WHERE userid = pUserId
     AND used IS NULL
     AND validfromdate <= pDateFrom
     AND validtodate > pDateFrom
   ORDER BY validfromdate DESC
   LIMIT 1;
$$ LANGUAGE sql STABLE;

COMMENT ON FUNCTION GetRecoveryTicket (uuid, timestamptz) IS
$$Finds the newest valid ticket of a user.

pDateFrom  moment at which it is valid
Returns    the ticket; null when there is none$$;

-- CheckRecoveryTicket ---------------------------------------------------------
CREATE OR REPLACE FUNCTION CheckRecoveryTicket (
  pTicket         uuid,
  pSecurityAnswer text,
  pPurpose        char DEFAULT 'P'
) RETURNS         uuid
AS $$
DECLARE
  nMaxAttempts  CONSTANT integer := 5;
  r             record;
BEGIN
  -- Counted before it is compared, under the lock of the row: guessing in parallel gains nothing.
  UPDATE db.recovery_ticket
     SET attempts = attempts + 1
   WHERE ticket = pTicket
     AND purpose = pPurpose
     AND used IS NULL
     AND attempts < nMaxAttempts
     AND validfromdate <= now()
     AND validtodate > now()
  RETURNING userid, securityanswer INTO r;

  IF NOT FOUND THEN
    PERFORM SetErrorMessage(CASE WHEN EXISTS (SELECT FROM db.recovery_ticket
                                               WHERE ticket = pTicket
                                                 AND attempts >= nMaxAttempts)
                                 THEN 'Too many attempts.'
                                 ELSE 'The ticket is unknown, expired or already used.' END);
    RETURN null;
  END IF;

  IF SameSecret(crypt(coalesce(pSecurityAnswer, ''), r.securityanswer), r.securityanswer) THEN
    UPDATE db.recovery_ticket SET attempts = attempts - 1 WHERE ticket = pTicket;
    PERFORM SetErrorMessage(SuccessMessage());
    RETURN r.userid;
  END IF;

  PERFORM SetErrorMessage('The answer is wrong.');
  RETURN null;
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION CheckRecoveryTicket (uuid, text, char) IS
$$Checks the answer to a ticket; five wrong ones end it.

Callers must not raise afterwards, or the wrong answer is not counted.
pPurpose  what the ticket must have been issued for: P password recovery, R registration
Returns   the user of the ticket; null when it does not hold, GetErrorMessage() then says why$$;
