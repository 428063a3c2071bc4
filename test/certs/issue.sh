# Shell functions that issue certificates with OpenSSL; sourced by the two generators.
# Private keys live in a temporary folder that goes away with the shell.

set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: >"$work/index.txt"
cat >"$work/ca.conf" <<CONF
[ca]
default_ca = here
[here]
dir = $work
database = $work/index.txt
new_certs_dir = $work
rand_serial = yes
unique_subject = no
email_in_dn = yes
default_md = sha256
policy = any
[any]
commonName = optional
CONF

# make_key FILE ALGORITHM [GENPKEY-OPTION...]
make_key() {
  file=$1 algorithm=$2
  shift 2
  for option in "$@"; do
    set -- "$@" -pkeyopt "$option"
    shift
  done
  if [ "$algorithm" = DSA ]; then
    openssl genpkey -genparam -algorithm DSA "$@" -out "$file.parameters"
    openssl genpkey -paramfile "$file.parameters" -out "$file"
  else
    openssl genpkey -algorithm "$algorithm" "$@" -out "$file"
  fi 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
}

# issue NAME KEY SUBJECT FROM TO ISSUER [OPENSSL-OPTION...]: extension lines come on standard input;
# KEY is an algorithm with its options in one word list; ISSUER `self` signs with the own key.
# Leaves $work/NAME.pem and $work/NAME.key.
issue() {
  name=$1 key=$2 subject=$3 from=$4 to=$5 issuer=$6
  shift 6
  printf 'extensions = leaf\n[leaf]\n' >"$work/extensions"
  cat >>"$work/extensions"
  [ -f "$work/$name.key" ] || make_key "$work/$name.key" $key
  openssl req -new -key "$work/$name.key" -subj "$subject" -utf8 -config /dev/null -out "$work/$name.csr" 2>/dev/null
  if [ "$issuer" = self ]; then
    set -- -selfsign -keyfile "$work/$name.key" "$@"
  else
    set -- -cert "$work/$issuer.pem" -keyfile "$work/$issuer.key" "$@"
  fi
  openssl ca -batch -notext -preserveDN -utf8 -config "$work/ca.conf" -extfile "$work/extensions" \
    -startdate "$from" -enddate "$to" -in "$work/$name.csr" -out "$work/$name.pem" "$@" 2>"$work/log" ||
    { cat "$work/log" >&2; exit 1; }
}
