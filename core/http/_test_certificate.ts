/**
 * A certificate for `localhost` that signed itself, valid for a hundred years, and its key. It
 * guards nothing: only the tests of the HTTP server use it.
 *
 * @module
 */

/** The certificate, PEM. */
export const TEST_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBkTCCATigAwIBAgIUNgV66gUJPf9HYCVQwPtWOHBDsHUwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTA2MTkyNloYDzIxMjYxMDI4
MDYxOTI2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARcwA3Zb65Xps63JnMeNzTJfTY/ZjUyotipDKuOLd11UKc/89vJtYt4
XePabxk0yJ1WqcnvOVIXYupdUBup8frKo2YwZDAdBgNVHQ4EFgQUy+XqFFyHh/bq
Q7Joc5RrkMKun94wHwYDVR0jBBgwFoAUy+XqFFyHh/bqQ7Joc5RrkMKun94wFAYD
VR0RBA0wC4IJbG9jYWxob3N0MAwGA1UdEwEB/wQCMAAwCgYIKoZIzj0EAwIDRwAw
RAIgeVd/ycUr9oP6bPL6CeUjYegh3YscqZUDvaJVMs4z0ZACIGds36dWqeJP3yvT
VcDmUvEYzPDfvN51jGO/3ymjYWVL
-----END CERTIFICATE-----
`;

/** Its key, PEM. */
export const TEST_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgETwwGrFET/p0LNjv
9owFdVKeol1jIgsInjtGw0uoa8yhRANCAARcwA3Zb65Xps63JnMeNzTJfTY/ZjUy
otipDKuOLd11UKc/89vJtYt4XePabxk0yJ1WqcnvOVIXYupdUBup8frK
-----END PRIVATE KEY-----
`;
