#!/bin/sh
# Signs zones/unsigned.zone anew with BIND and ldns, valid from 15 November to 15 December 2026. No key is kept.
set -e
cd "$(dirname "$0")/zones"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# keys FOLDER BIND-ALGORITHM: a key-signing key and another one
keys() {
  mkdir -p "$work/$1"
  dnssec-keygen -q -K "$work/$1" -a "$2" -f KSK example.net >/dev/null
  dnssec-keygen -q -K "$work/$1" -a "$2" example.net >/dev/null
}

# bind FILE KEYS OPTION...: signed by BIND
bind() {
  bind_file=$1 bind_keys=$2
  shift 2
  dnssec-signzone -Q -S -x -o example.net -N keep -s 20261115000000 -e 20261215000000 -K "$work/$bind_keys" \
    -d "$work" -f "$bind_file.zone" "$@" unsigned.zone >/dev/null 2>&1
}

# ldns FILE OPTION...: signed by ldns
ldns() {
  ldns_file=$1
  shift
  (cd "$work" && ldns-keygen -a ECDSAP256SHA256 -k example.net >ksk && ldns-keygen -a ECDSAP256SHA256 example.net >zsk)
  ldns-signzone -i 20261115000000 -e 20261215000000 -o example.net -f "$ldns_file.zone" "$@" unsigned.zone \
    "$work/$(cat "$work/ksk")" "$work/$(cat "$work/zsk")"
}

keys p256 ECDSAP256SHA256
keys two ECDSAP384SHA384
keys two ED25519
bind bind-nsec p256
bind bind-two-algorithms two
bind bind-nsec3 p256 -3 - -H 0
bind bind-opt-out p256 -3 AABB -H 5 -A
ldns ldns-nsec -z 1:1 -z 1:2
ldns ldns-opt-out -n -p -t 3 -s ab
