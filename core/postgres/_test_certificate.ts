/**
 * A certificate for `localhost` that signed itself, valid for a hundred years, and its key. It
 * guards nothing: only the tests of this folder use it.
 *
 * @module
 */

/** The certificate, PEM. */
export const TEST_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBYTCCAQegAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGx7HA3OECvwuMfn
xjcbrgdiJubOuZR7pDmWD4GEJwlLYamjtNTLWXWs5zigkt5wN/4K7btLlzeK3SV/
7D1hrkijSDBGMBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAPBgNVHRMBAf8EBTADAQH/
MB0GA1UdDgQWBBTyG3wxfZ4E9Kh5IcBXEqQxcXKErDAKBggqhkjOPQQDAgNIADBF
AiEArnMfkHQjGofi/H65hRbNNUDIZL0QfoM8cl4BMOZn0+QCIE1Rs3V/dMyv0ME5
2ByaBvpgc1UQZkSUr7PUmxug5lPB
-----END CERTIFICATE-----
`;

/** Its key, PEM. */
export const TEST_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgudQj7MSlty+nTIfa
vzZAvZFoJHjspISMxAUbSj1dULuhRANCAARsexwNzhAr8LjH58Y3G64HYibmzrmU
e6Q5lg+BhCcJS2Gpo7TUy1l1rOc4oJLecDf+Cu27S5c3it0lf+w9Ya5I
-----END PRIVATE KEY-----
`;
