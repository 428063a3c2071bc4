#!/bin/sh
# Issues the certificates of cases.pem anew with OpenSSL; each stands below a line with its name. No key is kept.
cd "$(dirname "$0")"
. ./issue.sh
: >"$work/cases"

p256='EC ec_paramgen_curve:P-256'
rsa2048='RSA rsa_keygen_bits:2048'
from=20261001000000Z
to=20270418235959Z
leaf='basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid'
authority='basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash'
host='subjectAltName = DNS:mx1.example.net'
web='extendedKeyUsage = serverAuth'

keep() {
  printf '# %s\n' "$1" >>"$work/cases"
  cat "$work/$1.pem" >>"$work/cases"
}

# make NAME KEY SUBJECT EXTENSIONS [ISSUER [FROM TO [OPENSSL-OPTION...]]]
make() {
  case_name=$1 case_key=$2 case_subject=$3 case_extensions=$4 case_issuer=${5-issuing} case_from=${6-$from} case_to=${7-$to}
  if [ $# -gt 7 ]; then shift 7; else set --; fi
  printf '%s\n' "$case_extensions" |
    issue "$case_name" "$case_key" "$case_subject" "$case_from" "$case_to" "$case_issuer" "$@"
  keep "$case_name"
}

# with NAME EXTENSION...: an ordinary P-256 leaf with these extension lines
with() {
  with_name=$1
  shift
  make "$with_name" "$p256" "/CN=$with_name" "$leaf
$(printf '%s\n' "$@")"
}

make root "$p256" '/O=Example Trust/CN=Example Root' "$authority" self 20260101000000Z 20360101000000Z
make issuing "$p256" '/O=Example Trust/CN=Example CA 1' "$(echo "$authority" | sed 's/CA:true/CA:true, pathlen:0/')
authorityKeyIdentifier = keyid" root 20260101000000Z 20310101000000Z
make constrained "$p256" '/O=Example Trust/CN=Example CA 2' "$authority
authorityKeyIdentifier = keyid
nameConstraints = critical, permitted;DNS:example.org" root 20260101000000Z 20310101000000Z
make rsa-root "$rsa2048" '/O=Example Trust/CN=Example RSA Root' "$authority" self 20260101000000Z 20360101000000Z

for bits in 1024 2048 2050 4096; do make "rsa-$bits" "RSA rsa_keygen_bits:$bits" /CN=mx1.example.net "$leaf
$web
$host"; done
make rsa-exponent-3 'RSA rsa_keygen_bits:2048 rsa_keygen_pubexp:3' /CN=mx1.example.net "$host"
make rsa-pss 'RSA-PSS rsa_keygen_bits:2048' /CN=mx1.example.net "$host"
for curve in P-256 P-384 P-521 secp256k1 brainpoolP256r1 sect283k1; do
  make "ec-$curve" "EC ec_paramgen_curve:$curve" /CN=mx1.example.net "$host"
done
make ec-explicit 'EC ec_paramgen_curve:P-256 ec_param_enc:explicit' /CN=mx1.example.net "$host"
make ed25519 ed25519 /CN=mx1.example.net "$host"
make ed448 ed448 /CN=mx1.example.net "$host"
make dsa 'DSA dsa_paramgen_bits:2048' /CN=mx1.example.net "$host"
make self-ed25519 ed25519 /CN=mx1.example.net "$host" self "$from" "$to" -md null

make sha1 "$p256" /CN=mx1.example.net "$host" rsa-root "$from" "$to" -md sha1
make md5 "$p256" /CN=mx1.example.net "$host" rsa-root "$from" "$to" -md md5
make sha512 "$p256" /CN=mx1.example.net "$host" rsa-root "$from" "$to" -md sha512
make ecdsa-sha384 "$p256" /CN=mx1.example.net "$host" issuing "$from" "$to" -md sha384
make pss-sha384 "$p256" /CN=mx1.example.net "$host" rsa-root "$from" "$to" -md sha384 -sigopt rsa_padding_mode:pss
make pss-sha1 "$p256" /CN=mx1.example.net "$host" rsa-root "$from" "$to" -md sha1 -sigopt rsa_padding_mode:pss

with san-kinds 'subjectAltName = DNS:mx1.example.net, DNS:MX2.Example.NET, IP:192.0.2.10, IP:2001:db8::10, IP:2001:0:0:1::, email:postmaster@example.net, URI:https://example.net/, RID:1.2.3.4, otherName:1.3.6.1.5.5.7.8.7;IA5:_smtp-tls.example.net, otherName:1.2.3.4;UTF8:other, dirName:person' '[person]' 'CN = someone'
with san-wildcard 'subjectAltName = DNS:*.example.net'
with san-ip-only 'subjectAltName = IP:192.0.2.10'
with san-email-only 'subjectAltName = email:postmaster@example.net'
with san-idn 'subjectAltName = DNS:xn--exmple-cua.net'
with san-trailing-dot 'subjectAltName = DNS:mx1.example.net.'
with san-space 'subjectAltName = DNS:mx1 .example.net'
with san-empty-label 'subjectAltName = DNS:mx1..example.net'
with san-underscore 'subjectAltName = DNS:mx_1.example.net'
with san-partial-wildcard 'subjectAltName = DNS:mx*.example.net'
with san-latin1 'subjectAltName = DER:300e820c6d78e42e6578616d706c6532'
with san-nul 'subjectAltName = DER:3011820f6d78312e6578616d706c6500782e79'
with san-bad-ip 'subjectAltName = DER:3007870501020304ff'
with no-san "$web"
make several-common-names "$p256" /CN=mx1.example.net/CN=mx2.example.net/CN=Mail "$leaf"
make no-subject "$p256" / 'subjectAltName = critical, DNS:mx1.example.net'

with eku-none "$host"
with eku-server "$host" 'extendedKeyUsage = serverAuth'
with eku-client "$host" 'extendedKeyUsage = clientAuth'
with eku-both "$host" 'extendedKeyUsage = serverAuth, clientAuth'
with eku-any "$host" 'extendedKeyUsage = anyExtendedKeyUsage'
with eku-critical "$host" 'extendedKeyUsage = critical, serverAuth, 1.2.3.4.5'

make expired "$p256" /CN=mx1.example.net "$host" issuing 20250101000000Z 20250401000000Z
make future "$p256" /CN=mx1.example.net "$host" issuing 20300101000000Z 20300401000000Z
make last-century "$p256" /CN=mx1.example.net "$host" issuing 19600101000000Z 19991231235959Z
make no-end "$p256" /CN=mx1.example.net "$host" issuing 20500101000000Z 99991231235959Z
make ca-leaf "$p256" /CN=mx1.example.net "basicConstraints = CA:true, pathlen:3
$host"
make all-key-usages "$p256" /CN=mx1.example.net "keyUsage = digitalSignature, nonRepudiation, keyEncipherment, dataEncipherment, keyAgreement, keyCertSign, cRLSign, encipherOnly, decipherOnly
$host"
make constrained-leaf "$p256" /CN=mx1.example.org "$leaf
subjectAltName = DNS:mx1.example.org" constrained
make version-1 "$p256" /CN=mx1.example.net ''
with must-staple "$host" 'tlsfeature = status_request'
with timestamps "$host" '1.3.6.1.4.1.11129.2.4.2 = DER:04020000'
with unknown-critical "$host" '1.2.3.4.5.6 = critical, DER:0500' '1.2.3.4.5.7 = DER:0500'
with policies "$host" 'certificatePolicies = 2.23.140.1.2.1, 1.3.6.1.4.1.44947.1.1.1'

make name-escapes "$p256" '/C=DE/O=Sue, Grabbit \+ "Runn" <x>;=\\/OU= #lead and trail /CN=Döner ☃' "$host"
make name-kinds "$p256" '/DC=net/DC=example/UID=u1/L=Köln/ST=NRW/street=Weg 1/emailAddress=a@example.net/serialNumber=42/title=Dr/GN=Ann/SN=Lee/CN=mx1.example.net' "$host"
make name-pairs "$p256" /O=Example+OU=Mail/CN=mx1.example.net "$host" issuing "$from" "$to" -multivalue-rdn

mv "$work/cases" cases.pem
