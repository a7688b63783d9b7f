-- A company, its area and its group share one id and one code.
DO $do$
DECLARE
  vCode         text := Setting('company.code');
  vName         text := Setting('company.name');
  uScope        uuid := '00000000-0000-4006-a000-000000000000';
  uCompany      uuid := GetArea(vCode, uScope);
  uUserId       uuid := GetUser(vCode);
BEGIN
  uCompany := coalesce(uCompany, GetGroup(vCode), gen_kernel_uuid('8'));

  IF NOT EXISTS (SELECT FROM db.area WHERE id = uCompany) THEN
    PERFORM CreateArea(uCompany, '00000000-0000-4003-a001-000000000000', GetAreaType('main'), uScope,
                       vCode, vName, NULL);
  END IF;

  IF NOT EXISTS (SELECT FROM db."user" WHERE id = uCompany) THEN
    PERFORM CreateGroup(vCode, vName, 'Everybody of the company', uCompany);
    PERFORM AddMemberToInterface(uCompany, '00000000-0000-4004-a000-000000000002');
  END IF;

  -- The user that acts for the company. Nobody knows its password until an administrator sets one.
  IF uUserId IS NULL THEN
    uUserId := CreateUser(vCode, NULL, vName, NULL, NULL, 'The company itself', false, true);

    PERFORM AddMemberToGroup(uUserId, '00000000-0000-4000-a000-000000000002');
    PERFORM AddMemberToArea(uUserId, uCompany);
    PERFORM AddMemberToInterface(uUserId, '00000000-0000-4004-a000-000000000002');
    PERFORM UpdateProfile(uUserId, uScope, pArea => uCompany, pInterface => '00000000-0000-4004-a000-000000000002');
  END IF;

  -- Payments that CloudPayments reports are entered by this user.
  IF GetUser('cloudpayments') IS NULL THEN
    PERFORM CreateUser('cloudpayments', NULL, 'CloudPayments', NULL, NULL, 'Enters what CloudPayments reports', false, true);
  END IF;
END;
$do$;
