#!/bin/sh
# Issues the certificates of the example domain anew, with keys that are thrown away.
# The TLSA records of the example zone depend on the keys: copy the new hashes from certificates/README.md.
cd "$(dirname "$0")"
. ../certs/issue.sh
out=certificates
mkdir -p "$out"

p256='EC ec_paramgen_curve:P-256'
p384='EC ec_paramgen_curve:P-384'
good_from=20261001000000Z
good_to=20270418235959Z

authority() {
  cat <<EXT
basicConstraints = critical, CA:true$1
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
$2
EXT
}
authority '' '' | issue root "$p384" '/O=Example Mail Trust/CN=Example Mail Root' 20260101000000Z 20360101000000Z self -md sha384
authority ', pathlen:0' 'authorityKeyIdentifier = keyid' |
  issue intermediate "$p256" '/O=Example Mail Trust/CN=Example Mail CA 1' 20260101000000Z 20310101000000Z root

# host FILE KEY SUBJECT FROM TO EKU [SAN]
host() {
  {
    echo 'basicConstraints = critical, CA:false'
    echo 'keyUsage = critical, digitalSignature'
    echo "extendedKeyUsage = $6"
    echo 'subjectKeyIdentifier = hash'
    echo 'authorityKeyIdentifier = keyid'
    echo 'certificatePolicies = 2.23.140.1.2.1'
    # RFC 5280 4.2.1.6: critical, because the subject is empty.
    [ -z "${7-}" ] || echo "subjectAltName = critical, $7"
  } | issue "$1" "$2" "$3" "$4" "$5" intermediate
  cat "$work/$1.pem" "$work/intermediate.pem" >"$out/$1.pem"
}

host mx1 "$p256" / $good_from $good_to serverAuth DNS:mx1.example.net
host mx2 "$p256" / $good_from $good_to serverAuth DNS:mx2.example.net
host out1 "$p256" / $good_from $good_to clientAuth,serverAuth DNS:out1.example.net

host old-mx1 "$p256" / 20260315000000Z 20260914235959Z serverAuth DNS:mx1.example.net
host wrong-mx2 "$p256" / $good_from $good_to serverAuth DNS:mail.example.net
host wildcard "$p256" / $good_from $good_to serverAuth,clientAuth 'DNS:*.example.net'
host cn-only "$p256" /CN=out1.example.net $good_from $good_to clientAuth,serverAuth
host weak "RSA rsa_keygen_bits:1024" / $good_from $good_to serverAuth DNS:mx1.example.net
host server-only "$p256" / $good_from $good_to serverAuth DNS:out1.example.net
cp "$work/root.pem" "$out/root.pem"

spki() { openssl x509 -in "$out/$1.pem" -noout -pubkey | openssl pkey -pubin -outform DER | openssl dgst -sha256 -r | cut -d' ' -f1; }

cat >"$out/README.md" <<TEXT
# Certificates of the example domain

Made by \`test/example/make-certificates.sh\`; the private keys were thrown away. Each file holds the host certificate and
the intermediate that issued it; \`root.pem\` is the trust anchor of this example.

The good ones are valid from 2026-10-01 to 2027-04-18 (200 days), so everything that uses them passes
\`--now 2026-11-21T00:00:00Z\`.

| file | role | what it is |
|---|---|---|
| mx1.pem | server | mx1.example.net, good |
| mx2.pem | server | mx2.example.net, good |
| out1.pem | client | out1.example.net, good, for both purposes |
| old-mx1.pem | server | mx1.example.net, expired on 2026-09-14 |
| wrong-mx2.pem | server | names mail.example.net only |
| wildcard.pem | server, client | names \`*.example.net\` only |
| cn-only.pem | client | common name out1.example.net, no subject alternative name |
| weak.pem | server | mx1.example.net with an RSA key of 1024 bits |
| server-only.pem | client | out1.example.net, for serverAuth only |

SHA-256 of the SubjectPublicKeyInfo, as in a TLSA record \`3 1 1\`:

    mx1.example.net $(spki mx1)
    mx2.example.net $(spki mx2)
TEXT
