-- generate_aws_signature ------------------------------------------------------
CREATE OR REPLACE FUNCTION generate_aws_signature (
  httpMethod    text,
  canonicalURI  text,
  canonicalQueryString text,
  canonicalHeaders text,
  signedHeaders text,
  hashedPayload text,
  secret_key    text,
  region        text,
  currentTimestamp timestamp DEFAULT NULL
) RETURNS       text
AS $$
DECLARE
  dtMoment      timestamp := COALESCE(currentTimestamp, current_timestamp AT TIME ZONE 'utc');
  vDate         text := to_char(dtMoment, 'YYYYMMDD');
  vScope        text := vDate || '/' || region || '/s3/aws4_request';
  vRequest      text := concat_ws(E'\n', httpMethod, canonicalURI, COALESCE(canonicalQueryString, ''),
                                  canonicalHeaders, signedHeaders, hashedPayload);
  vText         text := concat_ws(E'\n', 'AWS4-HMAC-SHA256', to_char(dtMoment, 'YYYYMMDD"T"HH24MISS"Z"'),
                                  vScope, encode(sha256(convert_to(vRequest, 'UTF8')), 'hex'));
  bKey          bytea := convert_to('AWS4' || secret_key, 'UTF8');
  vPart         text;
BEGIN
  FOREACH vPart IN ARRAY ARRAY[vDate, region, 's3', 'aws4_request']
  LOOP
    bKey := hmac(convert_to(vPart, 'UTF8'), bKey, 'sha256');
  END LOOP;

  RETURN encode(hmac(convert_to(vText, 'UTF8'), bKey, 'sha256'), 'hex');
END;
$$ LANGUAGE plpgsql STABLE;

COMMENT ON FUNCTION generate_aws_signature (text, text, text, text, text, text, text, text, timestamp) IS
$$Signs a request to an S3 service by AWS Signature Version 4.

httpMethod            method
canonicalURI          path, encoded
canonicalQueryString  query, sorted and encoded
canonicalHeaders      name:value lines, lower case and sorted, each with a line feed at its end
signedHeaders         their names, joined by ;
hashedPayload         SHA-256 of the body in hexadecimal, or UNSIGNED-PAYLOAD
secret_key            secret access key
region                region
currentTimestamp      moment of the request in UTC; null is now
Returns               signature in hexadecimal$$;
