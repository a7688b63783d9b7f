-- The exceptions of the platform: one row, one function.
SELECT BuildException(e.name, e.arguments, e.code, e.reason, e.arguments_of_text)
  FROM (VALUES
  -- Sign-in. What went wrong stays inside the text: the client learns ERR-401-002 only.
  ('LoginFailed',       '',                   'ERR-401-001', 'a valid session is required', NULL),
  ('AuthenticateError', 'pMessage text',      'ERR-401-002', 'signing in or resuming a session failed',
                                              $$InnerErrorText('ERR-401-002', pMessage)$$),
  ('LoginError',        '',                   'ERR-401-002', 'name or password is wrong', $$ErrorText('ERR-401-003')$$),
  ('UserLockError',     '',                   'ERR-401-002', 'the account is locked', $$ErrorText('ERR-401-004')$$),
  ('UserTempLockError', 'pDate timestamptz',  'ERR-401-002', 'the account is locked until a moment',
                                              $$ErrorText('ERR-401-005', to_char(pDate, 'YYYY-MM-DD HH24:MI:SS TZ'))$$),
  ('PasswordExpired',   '',                   'ERR-401-002', 'the password has expired', $$ErrorText('ERR-401-006')$$),
  ('SignatureError',    '',                   'ERR-401-007', 'the request signature is missing or wrong', NULL),
  ('TokenExpired',      '',                   'ERR-403-001', 'the token is unknown, expired or revoked', NULL),

  -- Access, tokens
  ('AccessDenied',        '',                 'ERR-400-001', 'the caller lacks the right', NULL),
  ('AccessDeniedForUser', 'pUserName text',   'ERR-400-002', 'the named user lacks the right', NULL),
  ('ExecuteMethodError',  'pMessage text',    'ERR-400-003', 'a method failed', NULL),
  ('NonceExpired',        '',                 'ERR-400-004', 'the nonce lies outside its window', NULL),
  ('TokenError',          '',                 'ERR-400-005', 'the token signature is invalid', NULL),
  ('TokenBelong',         '',                 'ERR-400-006', 'the token was issued to another client', NULL),
  ('InvalidScope',        'pValid text[], pInvalid text[]', 'ERR-400-007', 'some requested scopes are unknown', NULL),

  -- Classes, types, areas, interfaces
  ('AbstractError',         '',               'ERR-400-008', 'the class is abstract', NULL),
  ('ChangeClassError',      '',               'ERR-400-009', 'the class of an object cannot change', NULL),
  ('ChangeAreaError',       '',               'ERR-400-010', 'the area of a document cannot change', NULL),
  ('IncorrectEntity',       '',               'ERR-400-011', 'the object belongs to another entity', NULL),
  ('IncorrectClassType',    '',               'ERR-400-012', 'the type does not belong to the class', NULL),
  ('IncorrectDocumentType', '',               'ERR-400-013', 'the type is not one of a document', NULL),
  ('IncorrectLocaleCode',   'pCode text',     'ERR-400-014', 'no locale has the code', NULL),
  ('RootAreaError',         '',               'ERR-400-015', 'documents are not kept in the root area', NULL),
  ('AreaError',             '',               'ERR-400-016', 'the area or scope does not exist', NULL),
  ('IncorrectAreaCode',     'pCode text',     'ERR-400-017', 'no area has the code', NULL),
  ('UserNotMemberArea',     'pUser text, pArea text', 'ERR-400-018', 'the user is not a member of the area', NULL),
  ('InterfaceError',        '',               'ERR-400-019', 'the interface does not exist', NULL),
  ('UserNotMemberInterface','pUser text, pInterface text', 'ERR-400-020', 'the user is not a member of the interface', NULL),

  -- Users and groups
  ('UnknownRoleName',       'pRoleName text', 'ERR-400-021', 'no group has the name', NULL),
  ('RoleExists',            'pRoleName text', 'ERR-400-022', 'a user or group of the name exists', NULL),
  ('UserNotFound',          'pUserName text', 'ERR-400-023', 'no user has the name', NULL),
  ('UserNotFound',          'pId uuid',       'ERR-400-024', 'no user has the id', NULL),
  ('DeleteUserError',       '',               'ERR-400-025', 'users cannot delete themselves', NULL),
  ('UserPasswordChange',    '',               'ERR-400-042', 'the user may not change the password', NULL),
  ('SystemRoleError',       '',               'ERR-400-043', 'the user or group is a database role', NULL),
  ('LoginIPTableError',     'pHost inet',     'ERR-400-044', 'the address is not allowed', 'host(pHost)'),
  ('ReadOnlyError',         '',               'ERR-400-052', 'the user or group is read-only', NULL),

  -- Codes and objects
  ('AlreadyExists',         'pWho text',      'ERR-400-026', 'the thing exists', NULL),
  ('RecordExists',          'pCode text',     'ERR-400-027', 'the code is taken', NULL),
  ('InvalidCodes',          'pValid text[], pInvalid text[]', 'ERR-400-028', 'some codes are unknown', NULL),
  ('IncorrectCode',         'pCode text, pArray anyarray', 'ERR-400-029', 'the code is not in the list', NULL),
  ('ObjectIsNull',          '',               'ERR-400-049', 'the id of the object is missing', NULL),
  ('NotFound',              '',               'ERR-400-073', 'nothing was found', NULL),
  ('ViewNotFound',          'pScheme text, pTable text', 'ERR-400-046', 'the view does not exist', NULL),
  ('GuestAreaError',        '',               'ERR-400-072', 'documents are not kept in the guest area', NULL),
  ('DefaultAreaDocumentError', '',            'ERR-400-074', 'the document can be changed in the default area only', NULL),

  -- Workflow
  ('MethodActionNotFound',  'pObject uuid, pAction uuid', 'ERR-400-032', 'no method serves the action in this state',
     'pObject::text, GetActionCode(pAction), pAction::text, GetStateCode(GetObjectState(pObject)), GetObjectState(pObject)::text'),
  ('MethodNotFound',        'pObject uuid, pMethod uuid', 'ERR-400-033', 'no method has the id', 'pMethod::text, pObject::text'),
  ('MethodByCodeNotFound',  'pObject uuid, pCode text', 'ERR-400-034', 'no method has the code', 'pCode, pObject::text'),
  ('ChangeObjectStateError','pObject uuid',   'ERR-400-035', 'the state could not be changed', NULL),
  ('ChangesNotAllowed',     '',               'ERR-400-036', 'changes are not allowed', NULL),
  ('StateByCodeNotFound',   'pObject uuid, pCode text', 'ERR-400-037', 'no state has the code', 'pCode, pObject::text'),
  ('MethodIsEmpty',         '',               'ERR-400-038', 'the method is missing', NULL),
  ('ActionIsEmpty',         '',               'ERR-400-039', 'the action is missing', NULL),
  ('ExecutorIsEmpty',       '',               'ERR-400-040', 'the executor is missing', NULL),
  ('OperationNotPossible',  '',               'ERR-400-045', 'related documents block the operation', NULL),
  ('PerformActionError',    '',               'ERR-400-050', 'the user may not perform the action', NULL),
  ('IdentityNotConfirmed',  '',               'ERR-400-051', 'the identity is not confirmed', NULL),
  ('ActionAlreadyCompleted','',               'ERR-400-053', 'the action is already completed', NULL),

  -- Values
  ('IncorrectDateInterval', '',               'ERR-400-041', 'the interval of dates is wrong', NULL),
  ('InvalidVerificationCodeType', 'pType character', 'ERR-400-047', 'the type of verification is unknown', NULL),
  ('InvalidPhoneNumber',    'pPhone text',    'ERR-400-048', 'the phone number is malformed', NULL),
  ('ValueOutOfRange',       'pValue integer', 'ERR-400-066', 'the value is out of range', NULL),
  ('ValueOutOfRange',       'pValue text',    'ERR-400-066', 'the value does not fit its type', NULL),
  ('DateValidityPeriod',    '',               'ERR-400-067', 'the start lies after the end', NULL),

  -- Payload
  ('JsonIsEmpty',           '',               'ERR-400-060', 'the payload is missing', NULL),
  ('IncorrectJsonKey',      'pRoute text, pKey text, pArray anyarray', 'ERR-400-061', 'the key is not known to the route', NULL),
  ('JsonKeyNotFound',       'pRoute text, pKey text', 'ERR-400-062', 'the key is missing', NULL),
  ('IncorrectJsonType',     'pType text, pExpected text', 'ERR-400-063', 'the JSON value is of the wrong type', NULL),
  ('IncorrectKeyInArray',   'pKey text, pArrayName text, pArray anyarray', 'ERR-400-064', 'the key is not in the list', NULL),
  ('IncorrectValueInArray', 'pValue text, pArrayName text, pArray anyarray', 'ERR-400-065', 'the value is not in the list', NULL),

  -- OAuth, registry, routes
  ('IssuerNotFound',        'pCode text',     'ERR-400-070', 'the issuer is unknown', NULL),
  ('AudienceNotFound',      '',               'ERR-400-071', 'the OAuth client is unknown', NULL),
  ('IncorrectRegistryKey',  'pKey text, pArray anyarray', 'ERR-400-080', 'the registry root is unknown', NULL),
  ('IncorrectRegistryDataType', 'pType integer', 'ERR-400-081', 'the registry type is unknown', NULL),
  ('RouteIsEmpty',          '',               'ERR-400-090', 'the path is empty', NULL),
  ('RouteNotFound',         'pRoute text',    'ERR-400-091', 'no route answers the path', NULL),
  ('EndPointNotSet',        'pPath text',     'ERR-400-092', 'the path has no endpoint for the method', NULL),
  ('SomethingWentWrong',    '',               'ERR-400-100', 'something failed that should not', NULL)
  ) AS e (name, arguments, code, reason, arguments_of_text);

-- ObjectNotFound --------------------------------------------------------------
CREATE OR REPLACE FUNCTION ObjectNotFound (
  pWho          text,
  pParam        text,
  pCode         text
) RETURNS       void
AS $$
BEGIN
  PERFORM RaiseError(CASE WHEN pCode IS NULL THEN 'ERR-400-031' ELSE 'ERR-400-030' END, pWho, pParam, pCode);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ObjectNotFound (text, text, text) IS
$$Raises ERR-400-030: nothing has the value; ERR-400-031 when the value is null.

pWho    what was looked for, a noun
pParam  by what it was looked for
pCode   the value$$;

-- ObjectNotFound --------------------------------------------------------------
CREATE OR REPLACE FUNCTION ObjectNotFound (
  pWho          text,
  pParam        text,
  pId           uuid
) RETURNS       void
AS $$
BEGIN
  PERFORM ObjectNotFound(pWho, pParam, pId::text);
END;
$$ LANGUAGE plpgsql;

COMMENT ON FUNCTION ObjectNotFound (text, text, uuid) IS
$$Raises ERR-400-030: nothing has the id; ERR-400-031 when the id is null.

pWho    what was looked for, a noun
pParam  by what it was looked for
pId     the value$$;
