-- Users and groups, their rights and profiles.

-- db.user ---------------------------------------------------------------------
CREATE TABLE db."user" (
    id                uuid PRIMARY KEY DEFAULT gen_kernel_uuid('a'),
    type              char(1) NOT NULL CHECK (type IN ('G', 'U')),
    username          text NOT NULL,
    name              text NOT NULL,
    phone             text,
    email             text,
    description       text,
    secret            bytea NOT NULL DEFAULT gen_random_bytes(64),
    hash              text NOT NULL,
    status            bit(4) NOT NULL DEFAULT B'0001',
    created           timestamptz NOT NULL DEFAULT now(),
    lock_date         timestamptz,
    expiry_date       timestamptz,
    pswhash           text,
    passwordchange    boolean NOT NULL DEFAULT true,
    passwordnotchange boolean NOT NULL DEFAULT false,
    readonly          boolean NOT NULL DEFAULT false,
    groups            uuid[] NOT NULL DEFAULT '{}',
    guarded           boolean NOT NULL DEFAULT false
) WITH (fillfactor = 80);

COMMENT ON TABLE db."user" IS 'Users and groups of users.';
COMMENT ON COLUMN db."user".id IS 'Identifier';
COMMENT ON COLUMN db."user".type IS 'U user, G group';
COMMENT ON COLUMN db."user".username IS 'Name to sign in with; kept as given, unique whatever its case';
COMMENT ON COLUMN db."user".name IS 'Full name';
COMMENT ON COLUMN db."user".phone IS 'Telephone number: digits, a plus sign before them allowed; unique by its digits';
COMMENT ON COLUMN db."user".email IS 'E-mail address, unique whatever its case';
COMMENT ON COLUMN db."user".description IS 'Description';
COMMENT ON COLUMN db."user".secret IS 'Random bytes that the secret of the user is derived from';
COMMENT ON COLUMN db."user".hash IS 'SHA-1 of the secret of the user, see UserSecret()';
COMMENT ON COLUMN db."user".status IS 'Bits from the left: password expired, locked, active (seen lately), open';
COMMENT ON COLUMN db."user".created IS 'When the user was made';
COMMENT ON COLUMN db."user".lock_date IS 'Locked by hand: since when. A moment in the future keeps the user out until then';
COMMENT ON COLUMN db."user".expiry_date IS 'From this moment the password is no longer accepted';
COMMENT ON COLUMN db."user".pswhash IS 'bcrypt of the password';
COMMENT ON COLUMN db."user".passwordchange IS 'The user is asked to change the password';
COMMENT ON COLUMN db."user".passwordnotchange IS 'The user may not change the password';
COMMENT ON COLUMN db."user".readonly IS 'May not be changed';
COMMENT ON COLUMN db."user".groups IS 'Groups that the user is a direct member of: what db.member_group says, where each call finds it; kept by a trigger';
COMMENT ON COLUMN db."user".guarded IS 'There are rules in db.iptable for the user; kept by a trigger';

-- The status moves with every sign-in: none of these columns does, so that update stays in its page.
CREATE UNIQUE INDEX ON db."user" (type, username);
CREATE UNIQUE INDEX ON db."user" (type, lower(username));
CREATE UNIQUE INDEX ON db."user" (hash);
CREATE UNIQUE INDEX ON db."user" (lower(email));
CREATE INDEX ON db."user" (email);
CREATE UNIQUE INDEX ON db."user" (regexp_replace(phone, '\D', '', 'g'));
CREATE INDEX ON db."user" (phone);

-- db.acl ----------------------------------------------------------------------
CREATE TABLE db.acl (
    userid        uuid PRIMARY KEY REFERENCES db."user" (id) ON DELETE CASCADE,
    deny          bit varying NOT NULL,
    allow         bit varying NOT NULL,
    mask          bit varying NOT NULL
);

COMMENT ON TABLE db.acl IS 'Rights of users and groups in the system as a whole, 17 bits; see CheckAccessControlList().';
COMMENT ON COLUMN db.acl.userid IS 'User or group';
COMMENT ON COLUMN db.acl.deny IS 'Rights denied; a denial of any group wins over every permission';
COMMENT ON COLUMN db.acl.allow IS 'Rights allowed';
COMMENT ON COLUMN db.acl.mask IS 'Allowed and not denied in this row';

-- db.profile ------------------------------------------------------------------
CREATE TABLE db.profile (
    userid           uuid NOT NULL REFERENCES db."user" (id) ON DELETE CASCADE,
    scope            uuid NOT NULL REFERENCES db.scope (id) ON DELETE RESTRICT,
    family_name      text,
    given_name       text,
    patronymic_name  text,
    input_count      integer NOT NULL DEFAULT 0,
    input_last       timestamptz,
    input_error      integer NOT NULL DEFAULT 0,
    input_error_last timestamptz,
    input_error_all  integer NOT NULL DEFAULT 0,
    lc_ip            inet,
    locale           uuid NOT NULL REFERENCES db.locale (id),
    area             uuid NOT NULL REFERENCES db.area (id),
    interface        uuid NOT NULL REFERENCES db.interface (id),
    state            bit(3) NOT NULL DEFAULT B'000',
    session_limit    integer NOT NULL DEFAULT 0,
    email_verified   boolean DEFAULT false,
    phone_verified   boolean DEFAULT false,
    picture          text,
    PRIMARY KEY (userid, scope)
) WITH (fillfactor = 70);

COMMENT ON TABLE db.profile IS 'What a user is in one scope: names, defaults of new sessions, sign-in counters.';
COMMENT ON COLUMN db.profile.userid IS 'User';
COMMENT ON COLUMN db.profile.scope IS 'Scope';
COMMENT ON COLUMN db.profile.family_name IS 'Family name';
COMMENT ON COLUMN db.profile.given_name IS 'Given name';
COMMENT ON COLUMN db.profile.patronymic_name IS 'Patronymic';
COMMENT ON COLUMN db.profile.input_count IS 'How often the user signed in';
COMMENT ON COLUMN db.profile.input_last IS 'When the user was seen last, to a minute';
COMMENT ON COLUMN db.profile.input_error IS 'Failed sign-ins since the last good one';
COMMENT ON COLUMN db.profile.input_error_last IS 'When a sign-in failed last';
COMMENT ON COLUMN db.profile.input_error_all IS 'Failed sign-ins ever';
COMMENT ON COLUMN db.profile.lc_ip IS 'Address that the user was seen at last';
COMMENT ON COLUMN db.profile.locale IS 'Locale of new sessions';
COMMENT ON COLUMN db.profile.area IS 'Area of new sessions';
COMMENT ON COLUMN db.profile.interface IS 'Interface of new sessions';
COMMENT ON COLUMN db.profile.state IS 'From where the user is online: trusted, local, external address; 000 is offline';
COMMENT ON COLUMN db.profile.session_limit IS 'Most sessions at a time; 0 is no limit';
COMMENT ON COLUMN db.profile.email_verified IS 'The e-mail address was proven';
COMMENT ON COLUMN db.profile.phone_verified IS 'The telephone number was proven';
COMMENT ON COLUMN db.profile.picture IS 'Picture: an address or its text form';

-- db.iptable ------------------------------------------------------------------
CREATE TABLE db.iptable (
    id            serial PRIMARY KEY,
    type          char(1) NOT NULL DEFAULT 'A' CHECK (type IN ('A', 'D')),
    userid        uuid NOT NULL REFERENCES db."user" (id) ON DELETE CASCADE,
    addr          inet NOT NULL,
    range         integer CHECK (range BETWEEN 1 AND 255)
);

COMMENT ON TABLE db.iptable IS 'Addresses that a user may or may not come from.';
COMMENT ON COLUMN db.iptable.id IS 'Identifier';
COMMENT ON COLUMN db.iptable.type IS 'A allow, D deny';
COMMENT ON COLUMN db.iptable.userid IS 'User';
COMMENT ON COLUMN db.iptable.addr IS 'Address or network';
COMMENT ON COLUMN db.iptable.range IS 'How many addresses beginning with that one; none: the address or network alone';

CREATE INDEX ON db.iptable (userid);

-- db.login_failure ------------------------------------------------------------
CREATE TABLE db.login_failure (
    userid        uuid NOT NULL REFERENCES db."user" (id) ON DELETE CASCADE,
    host          inet NOT NULL,
    failures      integer NOT NULL DEFAULT 0,
    updated       timestamptz NOT NULL DEFAULT now(),
    lock_date     timestamptz,
    PRIMARY KEY (userid, host)
);

COMMENT ON TABLE db.login_failure IS 'Wrong passwords, counted for a user and an address: whoever guesses locks out only himself.';
COMMENT ON COLUMN db.login_failure.userid IS 'User';
COMMENT ON COLUMN db.login_failure.host IS 'Address that the attempts came from; the /64 network of an IPv6 address';
COMMENT ON COLUMN db.login_failure.failures IS 'Wrong passwords since the last right one';
COMMENT ON COLUMN db.login_failure.updated IS 'When the last one came';
COMMENT ON COLUMN db.login_failure.lock_date IS 'Until then no attempt from this address is looked at';

-- db.recovery_ticket ----------------------------------------------------------
CREATE TABLE db.recovery_ticket (
    ticket         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    userid         uuid NOT NULL REFERENCES db."user" (id) ON DELETE CASCADE,
    purpose        char(1) NOT NULL DEFAULT 'P' CHECK (purpose IN ('P', 'R')),
    securityanswer text NOT NULL,
    initiator      text NOT NULL,
    used           timestamptz,
    attempts       integer NOT NULL DEFAULT 0,
    validfromdate  timestamptz NOT NULL DEFAULT now(),
    validtodate    timestamptz NOT NULL DEFAULT now() + interval '1 hour'
);

COMMENT ON TABLE db.recovery_ticket IS 'Tickets by which somebody proves to own an e-mail address or telephone number.';
COMMENT ON COLUMN db.recovery_ticket.ticket IS 'Ticket';
COMMENT ON COLUMN db.recovery_ticket.userid IS 'User that it was given for';
COMMENT ON COLUMN db.recovery_ticket.purpose IS 'P password recovery, R registration; a ticket serves no other purpose';
COMMENT ON COLUMN db.recovery_ticket.securityanswer IS 'bcrypt of the answer';
COMMENT ON COLUMN db.recovery_ticket.initiator IS 'SHA-1 of the address or number that it was sent to';
COMMENT ON COLUMN db.recovery_ticket.used IS 'When it was used';
COMMENT ON COLUMN db.recovery_ticket.attempts IS 'Wrong answers given';
COMMENT ON COLUMN db.recovery_ticket.validfromdate IS 'Valid from this moment';
COMMENT ON COLUMN db.recovery_ticket.validtodate IS 'Valid before this moment';

CREATE INDEX ON db.recovery_ticket (initiator, validfromdate, validtodate);
CREATE INDEX ON db.recovery_ticket (userid, validfromdate, validtodate);
CREATE INDEX ON db.recovery_ticket (validtodate);
