-- Each value is written when it is missing; what an administrator wrote stays.
SELECT CASE jsonb_typeof(r.value)
         WHEN 'number' THEN RegSetValueInteger('CURRENT_CONFIG', r.subkey, r.name, (r.value #>> '{}')::integer)
         ELSE RegSetValueString('CURRENT_CONFIG', r.subkey, r.name, coalesce(r.value #>> '{}', ''))
       END
  FROM (VALUES
    ('CONFIG\System',                         'LocaleCode',     to_jsonb(Setting('project.locale'))),

    ('CONFIG\CurrentProject',                 'Name',           to_jsonb(Setting('project.name'))),
    ('CONFIG\CurrentProject',                 'Host',           to_jsonb(Setting('project.host'))),
    ('CONFIG\CurrentProject',                 'Domain',         to_jsonb(Setting('project.domain'))),
    ('CONFIG\CurrentProject',                 'SMTP',           to_jsonb(InstallSetting('project.smtp'))),
    ('CONFIG\CurrentProject',                 'Currency',       to_jsonb(Setting('project.currency'))),
    ('CONFIG\CurrentProject',                 'PaymentSystem',  to_jsonb(InstallSetting('project.payment_system', 'yookassa'))),
    ('CONFIG\CurrentProject',                 'Deployment',     to_jsonb('prod'::text)),

    ('CONFIG\CurrentProject\Default',         'Product',        to_jsonb('Default'::text)),
    ('CONFIG\CurrentProject\Default',         'Country',        to_jsonb(643)),
    ('CONFIG\CurrentProject\Default',         'Region',         to_jsonb('77'::text)),

    -- Paths that only scanners ask for.
    ('CONFIG\CurrentProject\API\Route',       'Blacklist',
     to_jsonb('/api/.env,/api/.git/config,/api/vendor/phpunit/phpunit/src/util/php/eval-stdin.php,/check-version'::text)),

    ('CONFIG\CurrentCompany',                 'Code',           to_jsonb(Setting('company.code'))),
    ('CONFIG\CurrentCompany',                 'Name',           to_jsonb(Setting('company.name'))),

    ('CONFIG\Firebase',                       'ProjectId',      to_jsonb(InstallSetting('project.id'))),

    ('CONFIG\Service\YooKassa\API',           'URL',            to_jsonb('https://api.yookassa.ru'::text)),
    ('CONFIG\Service\YooKassa\Shop',          'Id',             to_jsonb(InstallSetting('yookassa.shop.id'))),
    ('CONFIG\Service\YooKassa\Shop',          'Key',            to_jsonb(InstallSetting('yookassa.shop.key'))),

    ('CONFIG\Service\CloudPayments\API',      'URL',            to_jsonb('https://api.cloudpayments.ru'::text)),
    ('CONFIG\Service\CloudPayments',          'PublicId',       NULL),
    ('CONFIG\Service\CloudPayments',          'Secret',         NULL),
    ('CONFIG\Service\CloudPayments',          'HostIP',         NULL),

    ('CONFIG\Service\CloudKassir',            'Inn',            NULL),
    ('CONFIG\Service\CloudKassir',            'DeviceNumber',   NULL),
    ('CONFIG\Service\CloudKassir',            'FiscalNumber',   NULL),
    ('CONFIG\Service\CloudKassir',            'RegNumber',      NULL),
    ('CONFIG\Service\CloudKassir',            'Url',            NULL),
    ('CONFIG\Service\CloudKassir',            'Ofd',            NULL),
    ('CONFIG\Service\CloudKassir',            'TaxationSystem', to_jsonb('0'::text)),
    ('CONFIG\Service\CloudKassir',            'MerchantEmail',  NULL),
    ('CONFIG\Service\CloudKassir',            'MerchantPhone',  NULL)
  ) AS r (subkey, name, value)
 WHERE RegGetValueType('CURRENT_CONFIG', r.subkey, r.name) IS NULL;
