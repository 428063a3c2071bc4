import { describe } from 'vitest';
import { clientMx } from '../../../lib/lint/common-examples.ts';
import { rules } from '../../../lib/lint/rules/mail-spf/list.ts';
import { itFinds } from './cases.ts';

describe('which record counts', () => {
  itFinds(rules, 'spf-multiple', [
    { name: 'other texts beside it', zone: '@ TXT "v=spf1 -all"\n@ TXT "v=spf10"\n@ TXT "x=v=spf1"\n', finds: [] },
    { name: 'the same record twice is one', zone: '@ TXT "v=spf1 -all"\n@ TXT "v=spf1 -all"\n', finds: [] },
    {
      name: 'the same text in other strings is two',
      zone: '@ TXT "v=spf1 -all"\n@ TXT "v=spf1" " -all"\n',
      finds: [[2, '"v=spf1" " -all"']],
      related: ['"v=spf1 -all"'],
    },
    { name: 'at two names', zone: 'a TXT "v=spf1 -all"\nb TXT "v=spf1 -all"\n', finds: [] },
    { name: 'one below a delegation', zone: 'x NS ns1\na.x TXT "v=spf1 -all"\na.x TXT "v=spf1 a -all"\n', finds: [] },
    {
      name: 'what only the second one has is added to the first',
      zone: '@ TXT "v=spf1 mx ip4:192.0.2.1 ~all"\n@ TXT "v=spf1 MX include:_spf.example.org -all"\n',
      finds: [[2, '"v=spf1 MX include:_spf.example.org -all"']],
      fixed: '@ TXT "v=spf1 mx ip4:192.0.2.1 include:_spf.example.org ~all"\n',
    },
    {
      name: 'three of them are not merged',
      zone: '@ TXT "v=spf1 a"\n@ TXT "v=spf1 mx"\n@ TXT "v=spf1 ptr"\n',
      finds: [[2, '"v=spf1 mx"']],
      says: /has 3 SPF records/,
      fixed: null,
    },
  ]);

  itFinds(rules, 'spf-missing', [
    {
      name: 'the record proposed goes behind the MX record',
      zone: '@ 600 IN MX 10 mx1\n  MX 20 mx1.example.org.\n',
      finds: [[1, '@']],
      fixed: '@ 600 IN MX 10 mx1\nexample.net. 600 IN TXT "v=spf1 mx -all"\n  MX 20 mx1.example.org.\n',
    },
    {
      name: 'with Client MX alone',
      zone: `send ${clientMx(10, 'out1')}\n`,
      finds: [[1, 'send']],
      says: /send\.example\.net has Client MX/,
      fixed: `send ${clientMx(10, 'out1')}\nsend.example.net. IN TXT "v=spf1 a:out1.example.net -all"\n`,
    },
    { name: 'the null MX', zone: '@ MX 0 .\n', finds: [] },
    { name: 'the null Client MX', zone: `@ ${clientMx(0, '.')}\n`, finds: [] },
    { name: 'SRV alone', zone: '_smtp-tls._tcp SRV 0 0 842 ns1\n', finds: [] },
    { name: 'a name for mail below the apex', zone: '@ TXT "v=spf1 -all"\nnews MX 10 ns1\n', finds: [[2, 'news']] },
    { name: 'a host that has MX', zone: '@ TXT "v=spf1 -all"\nns1 MX 10 ns1\n', finds: [] },
    { name: 'a wildcard', zone: '* MX 10 ns1\n', finds: [] },
    {
      name: 'a wildcard SPF record does not cover a name that exists',
      zone: 'news MX 10 ns1\n* TXT "v=spf1 -all"\n',
      finds: [[1, 'news']],
    },
    { name: 'a record that is meant as SPF', zone: '@ MX 10 ns1\n@ TXT "v=spf1;-all"\n', finds: [] },
    { name: 'a record of the obsolete type', zone: '@ MX 10 ns1\n@ SPF "v=spf1 -all"\n', finds: [] },
    { name: 'a broken TXT record', zone: '@ MX 10 ns1\n@ TXT "v=spf1 -all\n', finds: [] },
    { name: 'below a delegation', zone: 'x NS ns1\na.x MX 10 ns1\n', finds: [] },
  ]);

  itFinds(rules, 'spf-version-tag', [
    {
      name: 'capitals',
      zone: '@ TXT "V=SPF1 -all"\n',
      finds: [[1, 'V=SPF1']],
      says: /small letters/,
      fixed: '@ TXT "v=spf1 -all"\n',
    },
    {
      name: 'no blank',
      zone: '@ TXT "v=spf1include:_spf.example.org -all"\n',
      finds: [[1, 'v=spf1']],
      fixed: '@ TXT "v=spf1 include:_spf.example.org -all"\n',
    },
    { name: 'a comma', zone: '@ TXT "v=spf1, a -all"\n', finds: [[1, 'v=spf1, ']], fixed: '@ TXT "v=spf1 a -all"\n' },
    { name: 'version 2', zone: '@ TXT "v=spf2 mx -all"\n', finds: [[1, 'v=spf2 ']], fixed: '@ TXT "v=spf1 mx -all"\n' },
    { name: 'letters swapped', zone: '@ TXT "v=sfp1 mx -all"\n', finds: [[1, 'v=sfp1 ']] },
    { name: 'blanks around', zone: '@ TXT " v = spf1 mx -all"\n', finds: [[1, ' v = spf1 ']] },
    { name: 'no v', zone: '@ TXT "spf1 include:_spf.example.org"\n', finds: [[1, 'spf1 ']] },
    { name: 'quotes in the text', zone: '@ TXT "\\"v=spf1 mx -all\\""\n', finds: [[1, '\\"v=spf1 ']], fixed: null },
    { name: 'a point behind', zone: '@ TXT "v=spf1."\n', finds: [[1, 'v=spf1.']], fixed: '@ TXT "v=spf1"\n' },
    { name: 'Sender ID', zone: '@ TXT "spf2.0/mfrom,pra mx -all"\n', finds: [] },
    {
      name: 'prose',
      zone: '@ TXT "SPF a record is needed here"\n@ TXT "spf include all"\n@ TXT "v=spfx"\n',
      finds: [],
    },
    { name: 'other records', zone: '@ TXT "v=STSv1; id=1"\n@ TXT "v=DKIM1; p="\n@ TXT "spotify=1"\n', finds: [] },
    { name: 'words without quotes belong to a rule about TXT', zone: '@ TXT v=spf1 mx -all\n', finds: [] },
  ]);

  itFinds(rules, 'spf-string-join', [
    { name: 'a blank at either side', zone: '@ TXT "v=spf1 a " "mx -all"\n@ TXT "v=spf1" " -all"\n', finds: [] },
    {
      name: 'behind the version',
      zone: '@ TXT "v=spf1" "include:_spf.example.org -all"\n',
      finds: [[1, 'v=spf1" "include:_spf.example.org']],
      fixed: '@ TXT "v=spf1" " include:_spf.example.org -all"\n',
    },
    {
      name: 'two names',
      zone: '@ TXT "v=spf1 include:a.example" "include:b.example -all"\n',
      finds: [[1, 'include:a.example" "include:b.example']],
    },
    {
      name: 'behind a name',
      zone: '@ TXT "v=spf1 include:a.example" "-all"\n',
      finds: [[1, 'include:a.example" "-all']],
    },
    { name: 'two short words', zone: '@ TXT "v=spf1 a" "mx -all"\n', finds: [[1, 'a" "mx']] },
    {
      name: 'two borders',
      zone: '@ TXT "v=spf1 mx" "ip4:192.0.2.1" "-all"\n',
      finds: [
        [1, 'mx" "ip4:192.0.2.1" "-all'],
        [1, 'ip4:192.0.2.1" "-all'],
      ],
    },
    {
      name: 'a term divided in its middle',
      zone: '@ TXT "v=spf1 ip4:192.0.2." "1 a:mail.ex" "ample.net include:my" "-all.example -all"\n',
      finds: [],
    },
    { name: 'a name that only looks like two', zone: '@ TXT "v=spf1 a:host.exa" "mx -all"\n', finds: [] },
  ]);

  itFinds(rules, 'spf-type99', [
    {
      name: 'alone',
      zone: 'x 60 SPF "v=spf1 -all"\n',
      finds: [[1, 'SPF']],
      says: /only, which nobody reads/,
      fixed: 'x 60 TXT "v=spf1 -all"\n',
    },
    {
      name: 'beside the same',
      zone: '@ TXT "v=spf1 -all"\n@ SPF "v=spf1 -all"\n',
      finds: [[2, 'SPF']],
      fixed: '@ TXT "v=spf1 -all"\n',
    },
    {
      name: 'beside another',
      zone: '@ TXT "v=spf1 -all"\n@ SPF "v=spf1 a -all"\n',
      finds: [[2, 'SPF']],
      says: /another text/,
    },
  ]);

  itFinds(rules, 'spf-senderid', [
    {
      name: 'any scope',
      zone: '@ TXT "SPF2.0/mfrom,pra -all"\n@ TXT "spf2.0 x"\n',
      finds: [[1, 'SPF2.0/']],
      fixed: '@ TXT "spf2.0 x"\n',
    },
  ]);
});

describe('the grammar', () => {
  itFinds(rules, 'spf-syntax', [
    {
      name: 'at the term, over the border of strings',
      zone: '@ TXT "v=spf1 ipv4:192." "0.2.1 -all"\n',
      finds: [[1, 'ipv4:192." "0.2.1']],
      fixed: null,
    },
    {
      name: 'a prefix length',
      zone: '@ TXT "v=spf1 ip4:192.0.2.0/33 -all"\n',
      finds: [[1, '/33']],
      says: /"\/33" in "ip4:192\.0\.2\.0\/33".*\/0 to 32/,
    },
    {
      name: 'the other family',
      zone: '@ TXT "v=spf1 ip4:2001:db8::/32 -all"\n',
      finds: [[1, 'ip4:2001:db8::/32']],
      says: /expected "ip6:2001:db8::\/32"/,
      fixed: '@ TXT "v=spf1 ip6:2001:db8::/32 -all"\n',
    },
    {
      name: 'a blank behind the colon',
      zone: '@ TXT "v=spf1 include: _spf.example.org -all"\n',
      finds: [
        [1, 'include:'],
        [1, '_spf.example.org'],
      ],
      says: /"include:" has no value; expected include:domain/,
    },
    { name: 'a macro', zone: '@ TXT "v=spf1 exists:%{x}.example.org -all"\n', finds: [[1, '%{x}']] },
    {
      name: 'octets beyond ASCII',
      zone: '@ TXT "v=spf1 a:b\\195\\188ro.example -all"\n',
      finds: [[1, '\\195\\188']],
      says: /\\195\\188/,
    },
    {
      name: 'every one of them',
      zone: '@ TXT "v=spf1 ip:192.0.2.1 a/99 foo -all"\n',
      finds: [
        [1, 'ip:192.0.2.1'],
        [1, '/99'],
        [1, 'foo'],
      ],
    },
    {
      name: 'a misspelt modifier is skipped by checkers',
      zone: '@ TXT "v=spf1 redirct=_spf.example.org"\n',
      finds: [[1, 'redirct=_spf.example.org']],
      says: /has no effect; expected "redirect=_spf/,
    },
    { name: 'other modifiers', zone: '@ TXT "v=spf1 ra=postmaster rp=10 rr=all op=auth -all"\n', finds: [] },
    {
      name: 'a blank missing between strings is another fault',
      zone: '@ TXT "v=spf1 ip4:192.0.2.1" "-all"\n',
      finds: [],
    },
    { name: 'another text', zone: '@ TXT "v=spf1;ipv4:192.0.2.1"\n', finds: [] },
  ]);

  itFinds(rules, 'spf-terms-after-all', [
    { name: 'modifiers may stand there', zone: '@ TXT "v=spf1 -all exp=why.example.net x=y"\n', finds: [] },
    {
      name: 'a second all',
      zone: '@ TXT "v=spf1 mx ~all -all"\n',
      finds: [[1, '-all']],
      related: ['~all'],
      fixed: '@ TXT "v=spf1 mx ~all"\n',
    },
    {
      name: 'redirect beside all',
      zone: '@ TXT "v=spf1 redirect=_spf.example.org ~all"\n',
      finds: [[1, 'redirect=_spf.example.org']],
      says: /no effect beside "~all"/,
      fixed: '@ TXT "v=spf1 ~all"\n',
    },
    {
      name: 'modifiers between',
      zone: '@ TXT "v=spf1 -all exp=x.example.net a mx"\n',
      finds: [[1, 'a mx']],
      fixed: '@ TXT "v=spf1 exp=x.example.net a mx -all"\n',
    },
    { name: 'in another string', zone: '@ TXT "v=spf1 -all" " mx"\n', finds: [[1, 'mx']], fixed: null },
  ]);

  itFinds(rules, 'spf-duplicate-term', [
    {
      name: 'spelled differently',
      zone: '@ TXT "v=spf1 a:Mail.Example.Org +a:mail.example.org. ip6:2001:db8::/32 ip6:2001:DB8:0::/32 -all"\n',
      finds: [
        [1, '+a:mail.example.org.'],
        [1, 'ip6:2001:DB8:0::/32'],
      ],
      related: ['a:Mail.Example.Org'],
    },
    {
      name: 'other prefix lengths',
      zone: '@ TXT "v=spf1 a a/24 a//64 ip4:192.0.2.0 ip4:192.0.2.0/24 -all"\n',
      finds: [],
    },
    {
      name: 'two redirects are another fault',
      zone: '@ TXT "v=spf1 redirect=a.example redirect=a.example"\n',
      finds: [],
    },
  ]);

  itFinds(rules, 'spf-ptr', [
    {
      name: 'with a domain',
      zone: '@ TXT "v=spf1 ?ptr:example.net -all"\n',
      finds: [[1, '?ptr:example.net']],
      fixed: '@ TXT "v=spf1 -all"\n',
    },
    { name: 'the macro', zone: '@ TXT "v=spf1 exists:%{p2}.example.org -all"\n', finds: [[1, '%{p2}']], fixed: null },
    { name: 'a host called ptr', zone: '@ TXT "v=spf1 a:ptr.example.org -all"\n', finds: [] },
  ]);
});

describe('what a record says', () => {
  itFinds(rules, 'spf-all-pass', [
    { name: 'without a qualifier', zone: '@ TXT "v=spf1 all"\n', finds: [[1, 'all']], fixed: '@ TXT "v=spf1 -all"\n' },
    { name: 'by a network', zone: '@ TXT "v=spf1 ip4:0.0.0.0/0 -all"\n', finds: [[1, 'ip4:0.0.0.0/0']], fixed: null },
    { name: 'by hosts', zone: '@ TXT "v=spf1 a/24//0 -all"\n', finds: [[1, 'a/24//0']] },
    { name: 'behind another all', zone: '@ TXT "v=spf1 -all +all"\n', finds: [] },
    { name: 'other qualifiers', zone: '@ TXT "v=spf1 -ip4:0.0.0.0/0 ?all"\n', finds: [] },
  ]);

  itFinds(rules, 'spf-all-neutral-or-missing', [
    {
      name: 'neutral',
      zone: '@ MX 10 ns1\n@ TXT "v=spf1 mx ?all"\n',
      finds: [[2, '?all']],
      fixed: '@ MX 10 ns1\n@ TXT "v=spf1 mx ~all"\n',
    },
    {
      name: 'blanks at the end',
      zone: '@ MX 10 ns1\n@ TXT "v=spf1 mx  "\n',
      finds: [[2, 'mx']],
      fixed: '@ MX 10 ns1\n@ TXT "v=spf1 mx ~all  "\n',
    },
    {
      name: 'nothing but the version',
      zone: '@ MX 10 ns1\n@ TXT "v=spf1"\n',
      finds: [[2, 'v=spf1']],
      fixed: '@ MX 10 ns1\n@ TXT "v=spf1 ~all"\n',
    },
    { name: 'redirect', zone: '@ MX 10 ns1\n@ TXT "v=spf1 mx redirect=_spf.example.org"\n', finds: [] },
    { name: 'a name to be included', zone: '_spf TXT "v=spf1 ip4:192.0.2.1"\nspf1 TXT "v=spf1 a ?all"\n', finds: [] },
    { name: 'an apex that is only there to be included', zone: '@ TXT "v=spf1 ip4:192.0.2.1"\n', finds: [] },
    { name: 'an apex with an address', zone: '@ A 192.0.2.1\n@ TXT "v=spf1 a"\n', finds: [[2, 'a']] },
    { name: 'a misspelt all', zone: '@ MX 10 ns1\n@ TXT "v=spf1 mx -all;"\n', finds: [] },
    { name: 'one of two records', zone: '@ MX 10 ns1\n@ TXT "v=spf1 mx"\n@ TXT "v=spf1 a -all"\n', finds: [] },
  ]);

  itFinds(rules, 'spf-null-domain-needs-fail', [
    { name: 'no SPF', zone: '@ MX 0 .\n', finds: [[1, '@']], fixed: '@ MX 0 .\nexample.net. IN TXT "v=spf1 -all"\n' },
    {
      name: 'missing all',
      zone: '@ MX 0 .\n@ TXT "v=spf1"\n',
      finds: [[2, '"v=spf1"']],
      fixed: '@ MX 0 .\n@ TXT "v=spf1 -all"\n',
    },
    { name: 'a domain that sends only', zone: '@ MX 0 .\n@ TXT "v=spf1 include:_spf.example.org ~all"\n', finds: [] },
    { name: 'a domain that sends with Client MX', zone: `@ MX 0 .\n@ ${clientMx(10, 'ns1')}\n`, finds: [] },
    { name: 'redirect', zone: '@ MX 0 .\n@ TXT "v=spf1 redirect=_spf.example.org"\n', finds: [] },
    {
      name: 'below the apex',
      zone: 'www MX 0 .\nwww TXT "v=spf1 ?all"\n',
      finds: [[2, '"v=spf1 ?all"']],
      fixed: 'www MX 0 .\nwww TXT "v=spf1 -all"\n',
    },
  ]);

  itFinds(rules, 'spf-size', [
    {
      name: 'other texts count',
      zone: `@ TXT "v=spf1 -all"\n@ TXT "${'a'.repeat(250)}" "${'b'.repeat(250)}"\n`,
      finds: [[1, '"v=spf1 -all"']],
      says: /the answer .* has 5\d\d octets; expected at most 512/,
    },
    {
      name: 'the limit is an option',
      zone: '@ TXT "v=spf1 ip4:198.51.100.0/24 ip4:203.0.113.0/24 ip6:2001:db8::/32 -all"\n',
      options: { longest: 64 },
      finds: [[1, '"v=spf1 ip4:198.51.100.0/24 ip4:203.0.113.0/24 ip6:2001:db8::/32 -all"']],
    },
  ]);

  const out = 'out1 A 192.0.2.20\nout1 AAAA 2001:db8::20\n';
  const member = clientMx(10, 'out1');
  const data = member.replace(/^TYPE265 | ;.*$/g, '');
  itFinds(rules, 'spf-client-mx-inconsistent', [
    {
      name: 'the network has it',
      zone: `@ ${member}\n@ TXT "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/64 -all"\n${out}`,
      finds: [],
    },
    {
      name: 'one family only',
      zone: `@ ${member}\n@ TXT "v=spf1 ip4:192.0.2.0/24 -all"\n${out}`,
      finds: [[1, data]],
      says: /fail to its address 2001:db8::20/,
    },
    {
      name: 'softly',
      zone: `@ ${member}\n@ TXT "v=spf1 ~all"\n${out}`,
      finds: [[1, data]],
      fixed: `@ ${member}\n@ TXT "v=spf1 a:out1.example.net ~all"\n${out}`,
    },
    {
      name: 'an include that is not given',
      zone: `@ ${member}\n@ TXT "v=spf1 include:_spf.example.org -all"\n${out}`,
      finds: [],
    },
    {
      name: 'an include of another zone',
      zone: `@ ${member}\n@ TXT "v=spf1 include:_spf.example.org -all"\n${out}`,
      others: [{ origin: 'example.org', zone: '_spf TXT "v=spf1 ip4:198.51.100.0/24 ~all"' }],
      finds: [[1, data]],
    },
    { name: 'macros and exists', zone: `@ ${member}\n@ TXT "v=spf1 exists:%{i}.example.net -all"\n${out}`, finds: [] },
    { name: 'neutral says nothing', zone: `@ ${member}\n@ TXT "v=spf1 ?all"\n${out}`, finds: [] },
    { name: 'no SPF at all', zone: `@ ${member}\n${out}`, finds: [] },
    {
      name: 'a host in no zone given',
      zone: `@ ${clientMx(10, 'out1.example.org.')}\n@ TXT "v=spf1 -all"\n`,
      finds: [],
    },
    {
      name: 'a broken address line',
      zone: `@ ${member}\n@ TXT "v=spf1 a:out2.example.net -all"\n${out}out2 A 192.0.2\n`,
      finds: [],
    },
  ]);

  itFinds(rules, 'spf-ip-not-covering-mx', [
    { name: 'mx covers them', zone: '@ MX 10 ns1\n@ TXT "v=spf1 mx -all"\n', finds: [] },
    { name: 'the null MX', zone: '@ MX 0 .\n@ TXT "v=spf1 -all"\n', finds: [] },
  ]);
});
