import { describe } from 'vitest';
import { rules } from '../../../lib/lint/rules/mail-spf/list.ts';
import { itFinds } from './cases.ts';

/** Terms that need a look-up each and whose zones are not given. */
function terms(count: number, prefix = 'h'): string {
  return Array.from({ length: count }, (_, index) => `a:${prefix}${index}.example.com`).join(' ');
}

describe('look-ups', () => {
  itFinds(rules, 'spf-too-many-lookups', [
    { name: 'ten are allowed', zone: `@ TXT "v=spf1 ${terms(10)} -all exp=why.example.net"\n`, finds: [] },
    {
      name: 'the eleventh',
      zone: `@ TXT "v=spf1 ip4:192.0.2.1 ${terms(10)} mx -all"\n`,
      finds: [[1, 'mx']],
      says: /^SPF of example\.net needs 11 DNS look-ups; expected at most 10$/,
      related: Array.from({ length: 10 }, (_, index) => `a:h${index}.example.com`),
    },
    { name: 'what stands behind all', zone: `@ TXT "v=spf1 ${terms(10)} -all mx"\n`, finds: [] },
    {
      name: 'a redirect that is ignored',
      zone: `@ TXT "v=spf1 ${terms(10)} -all redirect=x.example.com"\n`,
      finds: [],
    },
    {
      name: 'a redirect that counts',
      zone: `@ TXT "v=spf1 ${terms(10)} redirect=x.example.com"\n`,
      finds: [[1, 'redirect=x.example.com']],
      says: /1 include to zones not given could not be followed and counts as one each/,
    },
    {
      name: 'over the border of zones',
      zone: '@ TXT "v=spf1 mx include:_spf.example.org include:a.example.com include:b.example.com -all"\n',
      others: [{ origin: 'example.org', zone: `_spf TXT "v=spf1 ${terms(7)} ~all"` }],
      finds: [[1, 'include:b.example.com']],
      says: /needs 11 DNS look-ups \(2 includes to zones not given could not be followed and count as one each\)/,
      related: ['mx', 'include:_spf.example.org', `"v=spf1 ${terms(7)} ~all"`.slice(1, -1), 'include:a.example.com'],
    },
    {
      name: 'through an alias into another zone',
      zone: '@ TXT "v=spf1 include:_spf.example.net -all"\n_spf CNAME _spf.example.org.\n',
      others: [{ origin: 'example.org', zone: `_spf TXT "v=spf1 ${terms(10)} ~all"` }],
      finds: [[1, 'include:_spf.example.net']],
    },
    {
      name: 'only where it is mended',
      zone: `@ TXT "v=spf1 include:_spf.example.net -all"\n_spf TXT "v=spf1 ${terms(11)} ~all"\nnews TXT "v=spf1 include:_spf.example.net -all"\n`,
      finds: [[2, 'a:h10.example.com']],
    },
    {
      name: 'the same include twice counts twice',
      zone: `@ TXT "v=spf1 include:_spf.example.net include:_spf.example.net -all"\n_spf TXT "v=spf1 ${terms(5)} ~all"\n`,
      finds: [[1, 'include:_spf.example.net']],
      says: /needs 12 /,
    },
    {
      name: 'records that include each other',
      zone: '@ TXT "v=spf1 include:a.example.net -all"\na TXT "v=spf1 include:example.net include:a.example.net -all"\n',
      finds: [],
    },
    {
      name: 'below a delegation the child zone answers',
      zone: '@ TXT "v=spf1 include:_spf.sub.example.net -all"\nsub NS ns1\n',
      others: [{ origin: 'sub.example.net', zone: `_spf TXT "v=spf1 ${terms(10)} ~all"` }],
      finds: [[1, 'include:_spf.sub.example.net']],
    },
    {
      name: 'strings that hold one term together',
      zone: `@ TXT "v=spf1 ${terms(5)} a:x.exa" "mple.com ${terms(5, 'i')} -all"\n`,
      finds: [[1, 'a:i4.example.com']],
    },
  ]);

  itFinds(rules, 'spf-void-lookups', [
    {
      name: 'two are allowed',
      zone: '@ TXT "v=spf1 a:x.example.net mx:y.example.net a:z.example.org -all"\n',
      finds: [],
    },
    {
      name: 'the third one, in what is included',
      zone: '@ TXT "v=spf1 mx a:x.example.net include:_spf.example.org -all"\n',
      others: [{ origin: 'example.org', zone: '_spf TXT "v=spf1 a:gone.example.org a:ns1.example.org ~all"' }],
      finds: [[1, 'include:_spf.example.org']],
      says: /3 look-ups .* \(mx, a:x\.example\.net and a:gone\.example\.org\)/,
      related: ['mx', 'a:x.example.net', 'a:gone.example.org'],
    },
    {
      name: 'a wildcard answers',
      zone: '@ TXT "v=spf1 a:x.example.net a:y.example.net a:z.example.net -all"\n* A 192.0.2.1\n',
      finds: [],
    },
    {
      name: 'silent with a broken address line',
      zone: '@ TXT "v=spf1 a:x.example.net a:y.example.net a:z.example.net -all"\nx A 192.0.2\n',
      finds: [],
    },
    {
      name: 'a list of root servers denies nothing',
      zone: '@ TXT "v=spf1 a:x.example.org a:y.example.org a:z.example.org -all"\n',
      others: [{ origin: '', zone: 'a.root-servers.net. A 198.51.100.4' }],
      finds: [],
    },
  ]);

  itFinds(rules, 'spf-mx-ptr-limit', [
    { name: 'ten are allowed', zone: `@ TXT "v=spf1 mx -all"\n${mx(10)}`, finds: [] },
    {
      name: 'of another name',
      zone: `a TXT "v=spf1 mx:example.net/24 -all"\n${mx(11)}`,
      finds: [[1, 'mx:example.net/24']],
      says: /11 MX hosts of example\.net/,
    },
    { name: 'behind all', zone: `@ TXT "v=spf1 -all mx"\n${mx(11)}`, finds: [] },
  ]);
});

function mx(count: number): string {
  return Array.from({ length: count }, (_, index) => `@ MX 10 mx${index}.example.org.\n`).join('');
}

describe('includes', () => {
  itFinds(rules, 'spf-include-self', [
    { name: 'by redirect', zone: '@ TXT "v=spf1 mx redirect=Example.Net"\n', finds: [[1, 'redirect=Example.Net']] },
    {
      name: 'by a macro',
      zone: '@ TXT "v=spf1 include:%{d} -all"\n',
      finds: [[1, 'include:%{d}']],
      fixed: '@ TXT "v=spf1 -all"\n',
    },
    { name: 'never evaluated', zone: '@ TXT "v=spf1 -all redirect=example.net"\n', finds: [] },
  ]);

  itFinds(rules, 'spf-include-loop', [
    {
      name: 'through another zone',
      zone: '@ TXT "v=spf1 include:_spf.example.org -all"\n',
      others: [{ origin: 'example.org', zone: '_spf TXT "v=spf1 redirect=example.net"' }],
      finds: [[1, 'include:_spf.example.org']],
      says: /\(example\.net > _spf\.example\.org > example\.net\)/,
      related: ['redirect=example.net'],
    },
    {
      name: 'a record that only leads into one',
      zone: '@ TXT "v=spf1 include:a.example.net -all"\na TXT "v=spf1 include:b.example.net -all"\nb TXT "v=spf1 include:a.example.net -all"\n',
      finds: [[2, 'include:b.example.net']],
    },
    { name: 'one that includes itself is another fault', zone: '@ TXT "v=spf1 include:example.net -all"\n', finds: [] },
  ]);

  itFinds(rules, 'spf-include-missing', [
    {
      name: 'other texts only',
      zone: '@ TXT "v=spf1 include:_spf.example.net -all"\n_spf TXT "x"\n',
      finds: [[1, 'include:_spf.example.net']],
    },
    {
      name: 'in another zone',
      zone: '@ TXT "v=spf1 redirect=_spf.example.org"\n',
      others: [{ origin: 'example.org', zone: '' }],
      finds: [[1, 'redirect=_spf.example.org']],
    },
    { name: 'in no zone given', zone: '@ TXT "v=spf1 include:_spf.example.org -all"\n', finds: [] },
    { name: 'depends on the mail', zone: '@ TXT "v=spf1 include:%{l}.example.net -all"\n', finds: [] },
    {
      name: 'by a wildcard',
      zone: '@ TXT "v=spf1 include:_spf.example.net -all"\n* TXT "v=spf1 ip4:192.0.2.1 ~all"\n',
      finds: [],
    },
    {
      name: 'an alias into a zone not given',
      zone: '@ TXT "v=spf1 include:_spf.example.net -all"\n_spf CNAME _spf.example.org.\n',
      finds: [],
    },
    { name: 'below a delegation', zone: '@ TXT "v=spf1 include:_spf.sub.example.net -all"\nsub NS ns1\n', finds: [] },
    {
      name: 'a broken TXT record',
      zone: '@ TXT "v=spf1 include:_spf.example.net -all"\n_spf TXT "v=spf1 -all\n',
      finds: [],
    },
    { name: 'behind all', zone: '@ TXT "v=spf1 -all include:_spf.example.net"\n', finds: [] },
  ]);

  itFinds(rules, 'spf-exp-missing-txt', [
    {
      name: 'two texts',
      zone: '@ TXT "v=spf1 -all exp=why.example.net"\nwhy TXT "a"\nwhy TXT "b"\n',
      finds: [[1, 'exp=why.example.net']],
      says: /has 2 TXT records/,
    },
    { name: 'in no zone given', zone: '@ TXT "v=spf1 -all exp=why.example.org"\n', finds: [] },
    { name: 'by a macro', zone: '@ TXT "v=spf1 -all exp=why.%{d}"\n', finds: [[1, 'exp=why.%{d}']] },
  ]);
});
