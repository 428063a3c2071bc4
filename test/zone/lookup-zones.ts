/** Zones and what they say to questions: `[question, outcome]`, the question as `name type`. */
export interface Phenomenon {
  readonly what: string;
  readonly origin: string;
  readonly zone: string;
  readonly rows: readonly (readonly [question: string, outcome: string])[];
}

const SUB = `referral at sub.example.net. to NS ns.sub.example.net., NS ns.example.net. with DS 1 8 2 ${'00'.repeat(32)}`;
const SOA = '@ 3600 IN SOA ns.example.net. host.example.net. 1 7200 3600 1209600 3600';

/** One entry for each thing the DNS does with a name; the zones of the RFCs are theirs, the others our own. */
export const phenomena: readonly Phenomenon[] = [
  {
    what: 'RFC 4592 §2.2.1: wildcards',
    origin: 'example.',
    zone: `${SOA}
example. 3600 NS ns.example.com.
example. 3600 NS ns.example.net.
*.example. 3600 TXT "this is a wildcard"
*.example. 3600 MX 10 host1.example.
sub.*.example. 3600 TXT "this is not a wildcard"
host1.example. 3600 A 192.0.2.1
_ssh._tcp.host1.example. 3600 SRV 0 0 22 host1.example.
_ssh._tcp.host2.example. 3600 SRV 0 0 22 host2.example.
subdel.example. 3600 NS ns.example.com.
subdel.example. 3600 NS ns.example.net.
`,
    rows: [
      ['host3.example. MX', 'answer MX 10 host1.example. from *.example.'],
      ['host3.example. A', 'nodata from *.example.'],
      ['foo.bar.example. TXT', 'answer TXT "this is a wildcard" from *.example.'],
      ['host1.example. MX', 'nodata at host1.example.'],
      ['sub.*.example. MX', 'nodata at sub.*.example.'],
      ['_telnet._tcp.host1.example. SRV', 'nxdomain below _tcp.host1.example.'],
      ['host.subdel.example. A', 'referral at subdel.example. to NS ns.example.com., NS ns.example.net.'],
      ['ghost.*.example. MX', 'nxdomain below *.example.'],
      ['*.example. MX', 'answer MX 10 host1.example. at *.example.'],
      ['*.example. A', 'nodata at *.example.'],
      // The table of §3.3.1: closest encloser and source of synthesis.
      ['host3.example. TXT', 'answer TXT "this is a wildcard" from *.example.'],
      ['_dns._udp.host2.example. SRV', 'nxdomain below host2.example.'],
      ['_telnet._tcp.host3.example. SRV', 'nodata from *.example.'],
      ['_chat._udp.host3.example. SRV', 'nodata from *.example.'],
      ['foobar.*.example. TXT', 'nxdomain below *.example.'],
      // Empty non-terminals exist, so no wildcard speaks for them.
      ['host2.example. TXT', 'nodata, empty non-terminal at host2.example.'],
      ['_tcp.host2.example. MX', 'nodata, empty non-terminal at _tcp.host2.example.'],
      ['x.host1.example. TXT', 'nxdomain below host1.example.'],
      ['HOST3.EXAMPLE. MX', 'answer MX 10 host1.example. from *.example.'],
    ],
  },
  {
    what: 'RFC 1034 §6.2: questions to the root of 1987',
    origin: '.',
    zone: `. 86400 IN SOA SRI-NIC.ARPA. HOSTMASTER.SRI-NIC.ARPA. 870611 1800 300 604800 86400
. 86400 NS A.ISI.EDU.
. 86400 NS C.ISI.EDU.
. 86400 NS SRI-NIC.ARPA.
MIL. 86400 NS SRI-NIC.ARPA.
MIL. 86400 NS A.ISI.EDU.
EDU. 86400 NS SRI-NIC.ARPA.
EDU. 86400 NS C.ISI.EDU.
SRI-NIC.ARPA. 86400 A 26.0.0.73
SRI-NIC.ARPA. 86400 A 10.0.0.51
SRI-NIC.ARPA. 86400 MX 0 SRI-NIC.ARPA.
SRI-NIC.ARPA. 86400 HINFO DEC-2060 TOPS20
USC-ISIC.ARPA. 86400 CNAME C.ISI.EDU.
73.0.0.26.IN-ADDR.ARPA. 86400 PTR SRI-NIC.ARPA.
A.ISI.EDU. 86400 A 26.3.0.103
C.ISI.EDU. 86400 A 10.0.0.52
`,
    rows: [
      ['SRI-NIC.ARPA. A', 'answer A 26.0.0.73, A 10.0.0.51 at SRI-NIC.ARPA.'],
      [
        'SRI-NIC.ARPA. ANY',
        'answer A 26.0.0.73, A 10.0.0.51, MX 0 SRI-NIC.ARPA., HINFO "DEC-2060" "TOPS20" at SRI-NIC.ARPA.',
      ],
      ['SRI-NIC.ARPA. MX', 'answer MX 0 SRI-NIC.ARPA. at SRI-NIC.ARPA.'],
      ['SRI-NIC.ARPA. NS', 'nodata at SRI-NIC.ARPA.'],
      ['SIR-NIC.ARPA. A', 'nxdomain below ARPA.'],
      ['BRL.MIL. A', 'referral at MIL. to NS SRI-NIC.ARPA., NS A.ISI.EDU.'],
      ['USC-ISIC.ARPA. A', 'alias to C.ISI.EDU.'],
      ['USC-ISIC.ARPA. CNAME', 'answer CNAME C.ISI.EDU. at USC-ISIC.ARPA.'],
      ['. NS', 'answer NS A.ISI.EDU., NS C.ISI.EDU., NS SRI-NIC.ARPA. at .'],
      ['. MX', 'nodata at .'],
      ['ARPA. A', 'nodata, empty non-terminal at ARPA.'],
      ['nothing. A', 'nxdomain below .'],
      ['a.isi.edu. A', 'referral at EDU. to NS SRI-NIC.ARPA., NS C.ISI.EDU.'],
    ],
  },
  {
    what: 'delegations',
    origin: 'example.net.',
    zone: `${SOA}
@ 60 NS ns
ns 60 A 192.0.2.1
sub 60 NS ns.sub
sub 60 NS ns
sub 60 DS 1 8 2 ${'00'.repeat(32)}
sub 60 TXT "not ours"
ns.sub 60 A 192.0.2.2
deep.sub 60 NS ns.deep.sub
deep.sub 60 DS 2 8 2 ${'00'.repeat(32)}
alias.sub 60 CNAME ns
d.sub 60 DNAME ns
*.sub 60 TXT "occluded"
a.b.c 60 NS ns
* 60 TXT "wild"
`,
    rows: [
      ['example.net. NS', 'answer NS ns.example.net. at example.net.'],
      ['example.net. DS', 'nodata at example.net.'],
      ['sub.example.net. NS', SUB],
      ['sub.example.net. TXT', SUB],
      ['sub.example.net. ANY', SUB],
      ['sub.example.net. DS', `answer DS 1 8 2 ${'00'.repeat(32)} at sub.example.net.`],
      ['ns.sub.example.net. A', SUB],
      ['nothing.sub.example.net. A', SUB],
      ['deep.sub.example.net. DS', SUB],
      ['x.deep.sub.example.net. NS', SUB],
      ['alias.sub.example.net. A', SUB],
      ['x.d.sub.example.net. A', SUB],
      ['SUB.Example.NET. MX', SUB],
      ['b.c.example.net. NS', 'nodata, empty non-terminal at b.c.example.net.'],
      ['a.b.c.example.net. DS', 'nodata at a.b.c.example.net.'],
      ['x.a.b.c.example.net. DS', 'referral at a.b.c.example.net. to NS ns.example.net.'],
      ['x.b.c.example.net. TXT', 'nxdomain below b.c.example.net.'],
      ['x.example.net. TXT', 'answer TXT "wild" from *.example.net.'],
    ],
  },
  {
    what: 'names that are not in the zone',
    origin: 'example.net.',
    zone: `${SOA}\n@ 60 NS ns.example.com.\nwww.example.org. 60 A 192.0.2.1\n`,
    rows: [
      ['. NS', 'outside'],
      ['net. NS', 'outside'],
      ['example.org. A', 'outside'],
      ['www.example.org. A', 'outside'],
      ['badexample.net. A', 'outside'],
      ['example.net.example.org. A', 'outside'],
      ['x\\.example.net. A', 'outside'],
      ['x\\007example.net. A', 'outside'],
      ['www.example.net. A', 'nxdomain below example.net.'],
    ],
  },
  {
    what: 'aliases',
    origin: 'example.net.',
    zone: `${SOA}
www 60 CNAME web.hoster.example.
www 60 RRSIG CNAME 13 3 60 20300101000000 20200101000000 1 example.net. AAAA
www 60 NSEC *.any.example.net. CNAME RRSIG NSEC
below.www 60 A 192.0.2.1
*.any 60 CNAME target
chain 60 CNAME www
Own 60 CNAME oWN
wrong 60 CNAME web.hoster.example.
wrong 60 MX 10 mail
`,
    rows: [
      ['www.example.net. A', 'alias to web.hoster.example.'],
      ['www.example.net. DS', 'alias to web.hoster.example.'],
      ['www.example.net. CNAME', 'answer CNAME web.hoster.example. at www.example.net.'],
      ['www.example.net. NSEC', 'answer NSEC *.any.example.net. CNAME RRSIG NSEC at www.example.net.'],
      [
        'www.example.net. RRSIG',
        'answer RRSIG CNAME 13 3 60 20300101000000 20200101000000 1 example.net. AAAA at www.example.net.',
      ],
      ['chain.example.net. NSEC', 'nodata at chain.example.net.'],
      ['chain.example.net. ANY', 'answer CNAME www.example.net. at chain.example.net.'],
      ['chain.example.net. TYPE265', 'alias to www.example.net.'],
      ['below.www.example.net. A', 'answer A 192.0.2.1 at below.www.example.net.'],
      ['other.www.example.net. A', 'nxdomain below www.example.net.'],
      ['own.example.net. A', 'alias to oWN.example.net.'],
      ['x.any.example.net. A', 'alias to target.example.net. from *.any.example.net.'],
      ['x.y.any.example.net. MX', 'alias to target.example.net. from *.any.example.net.'],
      ['x.any.example.net. CNAME', 'answer CNAME target.example.net. from *.any.example.net.'],
      ['x.any.example.net. ANY', 'answer CNAME target.example.net. from *.any.example.net.'],
      ['*.any.example.net. A', 'alias to target.example.net.'],
      // An illegal zone: the alias is what RFC 1034 §4.3.2 step 3a finds first.
      ['wrong.example.net. MX', 'alias to web.hoster.example.'],
    ],
  },
  {
    what: 'RFC 6672: DNAME',
    origin: 'example.com.',
    zone: `${SOA}
@ 60 NS ns
frobozz 60 DNAME frobozz-division.acme.example.
frobozz 60 MX 10 mailhub.acme.example.
hidden.frobozz 60 A 192.0.2.1
sub.frobozz 60 NS ns.example.com.
other.frobozz 60 DNAME elsewhere.example.
x 60 DNAME .
cyc 60 DNAME cyc
long 60 DNAME ${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(53)}.
cut 60 NS ns
cut 60 DNAME target.example.
* 60 TXT wild
*.w 60 DNAME target.example.
`,
    rows: [
      ['frobozz.example.com. DNAME', 'answer DNAME frobozz-division.acme.example. at frobozz.example.com.'],
      ['frobozz.example.com. MX', 'answer MX 10 mailhub.acme.example. at frobozz.example.com.'],
      ['frobozz.example.com. A', 'nodata at frobozz.example.com.'],
      ['a.frobozz.example.com. A', 'rewrite by frobozz.example.com. to a.frobozz-division.acme.example.'],
      ['A.b.Frobozz.Example.com. MX', 'rewrite by frobozz.example.com. to A.b.frobozz-division.acme.example.'],
      ['a.frobozz.example.com. ANY', 'rewrite by frobozz.example.com. to a.frobozz-division.acme.example.'],
      ['a.frobozz.example.com. DNAME', 'rewrite by frobozz.example.com. to a.frobozz-division.acme.example.'],
      ['hidden.frobozz.example.com. A', 'rewrite by frobozz.example.com. to hidden.frobozz-division.acme.example.'],
      ['sub.frobozz.example.com. NS', 'rewrite by frobozz.example.com. to sub.frobozz-division.acme.example.'],
      ['y.other.frobozz.example.com. A', 'rewrite by frobozz.example.com. to y.other.frobozz-division.acme.example.'],
      ['xfrobozz.example.com. TXT', 'answer TXT "wild" from *.example.com.'],
      ['shortloop.x.x.example.com. A', 'rewrite by x.example.com. to shortloop.x.'],
      ['shortloop.x.example.com. A', 'rewrite by x.example.com. to shortloop.'],
      ['cyc.cyc.example.com. A', 'rewrite by cyc.example.com. to cyc.cyc.example.com.'],
      [
        '1234567.long.example.com. A',
        `rewrite by long.example.com. to 1234567.${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(53)}.`,
      ],
      ['12345678.long.example.com. A', 'rewrite by long.example.com. to a name too long'],
      // NS beside a DNAME below the apex is illegal; the delegation is met first.
      ['x.cut.example.com. A', 'referral at cut.example.com. to NS ns.example.com.'],
      ['cut.example.com. DNAME', 'referral at cut.example.com. to NS ns.example.com.'],
      // RFC 6672 §3.3 and RFC 4592 §4.4: a wildcard DNAME is discouraged; it is data like any other where it matches.
      ['a.w.example.com. DNAME', 'answer DNAME target.example. from *.w.example.com.'],
      ['a.w.example.com. A', 'nodata from *.w.example.com.'],
      ['a.*.w.example.com. A', 'rewrite by *.w.example.com. to a.target.example.'],
    ],
  },
  {
    what: 'a DNAME at the apex',
    origin: 'example.com.',
    zone: `${SOA}\n@ 60 NS ns.example.org.\n@ 60 DNAME example.net.\nwww 60 A 192.0.2.1\n`,
    rows: [
      ['example.com. NS', 'answer NS ns.example.org. at example.com.'],
      ['example.com. A', 'nodata at example.com.'],
      ['www.example.com. A', 'rewrite by example.com. to www.example.net.'],
      ['a.b.example.com. A', 'rewrite by example.com. to a.b.example.net.'],
    ],
  },
  {
    what: 'wildcards with a delegation, an empty one, and none',
    origin: 'example.net.',
    zone: `${SOA}
*.ns 60 NS ns.example.org.
*.ns 60 TXT "beside it"
a.*.ns 60 A 192.0.2.1
x.*.empty 60 TXT "below"
real.none 60 A 192.0.2.1
`,
    rows: [
      // RFC 4592 §4.2: step 3c compares types only, so a wildcard NS is data; asked by its own name it is a cut.
      ['x.ns.example.net. NS', 'answer NS ns.example.org. from *.ns.example.net.'],
      ['x.ns.example.net. TXT', 'answer TXT "beside it" from *.ns.example.net.'],
      ['x.ns.example.net. A', 'nodata from *.ns.example.net.'],
      ['*.ns.example.net. TXT', 'referral at *.ns.example.net. to NS ns.example.org.'],
      ['a.*.ns.example.net. A', 'referral at *.ns.example.net. to NS ns.example.org.'],
      // RFC 4592 §4.9: a wildcard that owns nothing but has names below it still is the source of synthesis.
      ['y.empty.example.net. TXT', 'nodata, empty non-terminal from *.empty.example.net.'],
      ['*.empty.example.net. TXT', 'nodata, empty non-terminal at *.empty.example.net.'],
      ['y.*.empty.example.net. TXT', 'nxdomain below *.empty.example.net.'],
      ['x.none.example.net. A', 'nxdomain below none.example.net.'],
      ['none.example.net. A', 'nodata, empty non-terminal at none.example.net.'],
    ],
  },
  {
    what: 'a zone that holds records of another class',
    origin: 'example.net.',
    zone: `${SOA}\nwww 60 A 192.0.2.1\nwww 60 CH TXT "chaos"\nchaos 60 CH TXT "chaos"\n`,
    rows: [
      ['www.example.net. TXT', 'nodata at www.example.net.'],
      ['www.example.net. ANY', 'answer A 192.0.2.1 at www.example.net.'],
      ['chaos.example.net. TXT', 'nxdomain below example.net.'],
    ],
  },
];
