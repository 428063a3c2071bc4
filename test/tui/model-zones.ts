/** A zone with all that has a row of its own. */
export const EXAMPLE = `; the zone of an example
$TTL 3600
@ IN SOA ns1 hostmaster (
  2026030401 ; serial
  7200 3600 1209600 300 )
  IN NS ns1
  IN NS ns2 ; in another house

  IN MX 10 mx1
www 300 IN A 192.0.2.1
    IN AAAA 2001:db8::1
; old IN A 192.0.2.9
mx1 IN A 192.0.2.2
ns1 IN A 192.0.2.3
ns2 IN A 192.0.2.4
_client TYPE265 \\# 16 000a 036d7832076578616d706c65 ; too short
mail IN TYPE265 \\# 19 000a036d7831076578616d706c65036e657400
txt IN TXT "v=spf1 mx -all" "two"
xn--bcher-kva IN A 192.0.2.5
$GENERATE 1-3 host$ A 192.0.2.$
`;

/** A zone of two files, lines of the one in CRLF, the last without a line end. */
export const INCLUDING: Readonly<Record<string, string>> = {
  'example.net.zone':
    '$TTL 1h\n@ SOA ns1 root 7 1 1 1 1\n@ NS ns1\n$INCLUDE hosts.inc\nns1 A 192.0.2.1\nlast A 192.0.2.9',
  'hosts.inc': '; hosts\r\na A 192.0.2.10\r\n  TXT "of a"\r\nb 60 A 192.0.2.11\r\n',
};
