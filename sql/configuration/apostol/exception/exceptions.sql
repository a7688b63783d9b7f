-- The exceptions of the CRM: one row, one function.
--
-- On the wire they all bear ERR-400-000, the identifier that clients have always got: they read the
-- message. Without the last argument each would bear the code of its text.
SELECT BuildException(e.name, e.arguments, e.code, e.reason, e.arguments_of_text, 'RaiseErrorAs(''ERR-400-000'', ')
  FROM (VALUES
  ('AccountCodeExists',      'pCode text',        'ERR-400-200', 'an account of the currency has the code', NULL),
  ('AccountNotFound',        'pCode text',        'ERR-400-201', 'no account has the code', NULL),
  ('AccountNotAssociated',   'pCode text',        'ERR-400-202', 'the account is not one of the client', NULL),
  ('InsufficientFunds',      'pCode text, pBalance numeric, pAmount numeric', 'ERR-400-203', 'the account holds less than the amount', NULL),
  ('IncorrectTurnover',      'pCode text',        'ERR-400-204', 'the turnover of the account is wrong', NULL),
  ('ClientCodeExists',       'pCode text',        'ERR-400-205', 'a client has the code', NULL),
  ('AccountNotClient',       '',                  'ERR-400-206', 'the user is not that of a client', NULL),
  ('EmailAddressNotSet',     '',                  'ERR-400-207', 'the user has no e-mail address', NULL),
  ('EmailAddressNotVerified','pEmail text',       'ERR-400-208', 'the e-mail address is not verified', NULL),
  ('PhoneNumberNotSet',      '',                  'ERR-400-209', 'the user has no phone number', NULL),
  ('PhoneNumberNotVerified', 'pPhone text',       'ERR-400-210', 'the phone number is not verified', NULL),
  ('InvalidClientId',        'pObject uuid',      'ERR-400-211', 'another client is expected', NULL),
  ('IncorrectDateValue',     'pValue date',       'ERR-400-212', 'the date lies too far back', NULL),
  ('DeviceExists',           'pIdentifier text',  'ERR-400-213', 'a device has the identifier', NULL),
  ('DeviceNotAssociated',    'pCode text',        'ERR-400-214', 'the device has no client', NULL),
  ('IdentityExists',         'pCode text',        'ERR-400-215', 'an identity document has the number', NULL),
  ('IdentityNotFound',       'pCode text',        'ERR-400-216', 'no identity document has the number', NULL),
  ('IdentityNotAssociated',  'pCode text',        'ERR-400-217', 'the identity document is not one of the client', NULL),
  ('InvoiceCodeExists',      'pCode text',        'ERR-400-218', 'an invoice has the code', NULL),
  ('InvalidInvoiceAmount',   '',                  'ERR-400-219', 'the amount of the invoice is wrong', NULL),
  ('InvalidInvoiceBalance',  '',                  'ERR-400-220', 'the balance of the invoice is wrong', NULL),
  ('UnsupportedInvoiceType', '',                  'ERR-400-221', 'invoices of the type cannot be paid so', NULL),
  ('OrderCodeExists',        'pCode text',        'ERR-400-222', 'an order has the code', NULL),
  ('InvalidOrderAccountCurrency', '',             'ERR-400-223', 'the accounts of the order are in different currencies', NULL),
  ('IncorrectOrderAmount',   'pCode text, pAmount numeric', 'ERR-400-224', 'the amount of the order is not positive', NULL),
  ('TransferringInactiveAccount', 'pCode text',   'ERR-400-225', 'an account of the order is not enabled', NULL),
  ('PaymentCodeExists',      'pCode text',        'ERR-400-226', 'a payment has the code', NULL),
  ('IncorrectPaymentData',   '',                  'ERR-400-227', 'the payment does not match the price', NULL),
  ('TransactionCodeExists',  'pCode text',        'ERR-400-228', 'a transaction has the code', NULL),
  ('TariffNotFound',         'pService text, pCurrency text, pTag text', 'ERR-400-229', 'no tariff fits', NULL)
  ) AS e (name, arguments, code, reason, arguments_of_text);
