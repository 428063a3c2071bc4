import { describe, expect, it } from 'vitest';
import { rules } from '../../../lib/lint/rules/bimi/list.ts';
import { fixed, itFinds, ruleOf } from '../mail-mx/cases.ts';

const BIMI = '"v=BIMI1; l=https://www.example.net/logo.svg"';

describe('rules about BIMI', () => {
  itFinds(rules, 'bimi-syntax', [
    { name: 'other TXT records', zone: 'default._bimi TXT "verification=1"\nv TXT "v=spf1 -all"\n', finds: [] },
    { name: 'declined', zone: 'default._bimi TXT "v=BIMI1; l=; a="\n', finds: [] },
    {
      name: 'over several strings',
      zone: 'default._bimi TXT "v=BIMI1; l=https://www." "example.net/logo.svg"\n',
      finds: [],
    },
    { name: 'two faults', zone: 'default._bimi TXT "v=BIMI1; l=http://x/l.svg; a=http://x/m.pem"\n', finds: [1, 1] },
    { name: 'no location', zone: 'default._bimi TXT "v=BIMI1;"\n', finds: [1], says: /has no tag l/ },
  ]);
  it('mends the version and keeps the rest', () => {
    const rule = ruleOf(rules, 'bimi-syntax');
    expect(fixed('d._bimi TXT "v=BIMI; l="\n', rule)).toBe('d._bimi TXT "v=BIMI1; l="\n');
    expect(fixed('d._bimi TXT "v=BIMI1; l=http://x.example/l.svg"\n', rule)).toBe(
      'd._bimi TXT "v=BIMI1; l=https://x.example/l.svg"\n',
    );
    expect(fixed('d._bimi TXT "v=BIMI2; l="\n', rule)).toBe('d._bimi TXT "v=BIMI2; l="\n');
  });

  itFinds(rules, 'bimi-multiple', [
    { name: 'beside another text', zone: `default._bimi TXT ${BIMI}\ndefault._bimi TXT "x"\n`, finds: [] },
    { name: 'at a wrong place', zone: `@ TXT ${BIMI}\n@ TXT "v=BIMI1; l="\n`, finds: [] },
  ]);

  itFinds(rules, 'bimi-location', [
    { name: 'a selector', zone: `brand._bimi.news TXT ${BIMI}\n`, finds: [] },
    { name: 'a wildcard selector', zone: `*._bimi TXT ${BIMI}\n`, finds: [] },
    { name: 'capitals', zone: `default._BIMI TXT ${BIMI}\n`, finds: [] },
    { name: 'at the domain', zone: `@ TXT ${BIMI}\n`, finds: [1], says: /expected default\._bimi\.example\.net/ },
    { name: 'without underscore', zone: `brand.bimi TXT ${BIMI}\n`, finds: [1], says: /brand\._bimi\.example/ },
    { name: 'the selector alone', zone: `default TXT ${BIMI}\n`, finds: [1], says: /default\._bimi\.example/ },
    { name: 'behind an alias', zone: `default._bimi CNAME shared\nshared TXT ${BIMI}\n`, finds: [] },
  ]);
  it.each([
    [`_bimi TXT ${BIMI}\n`, `default._bimi TXT ${BIMI}\n`],
    [`brand.bimi TXT ${BIMI}\n`, `brand._bimi TXT ${BIMI}\n`],
    [`@ TXT ${BIMI}\n`, `@ TXT ${BIMI}\n`],
    [`_bimi TXT ${BIMI}\n_bimi TXT "x"\n`, `_bimi TXT ${BIMI}\n_bimi TXT "x"\n`],
  ])('moves %j where that is plain', (bad, good) => {
    expect(fixed(bad, ruleOf(rules, 'bimi-location'))).toBe(good);
  });

  const dmarc = (text: string): string => `default._bimi TXT ${BIMI}\n_dmarc TXT "v=DMARC1; ${text}"\n`;
  itFinds(rules, 'bimi-dmarc-not-enforced', [
    { name: 'quarantine', zone: dmarc('p=quarantine'), finds: [] },
    { name: 'reject for all', zone: dmarc('p=reject; pct=100; sp=none'), finds: [] },
    { name: 'for a part', zone: dmarc('p=reject; pct=50'), finds: [1], says: /pct=50/ },
    { name: 'in test mode', zone: dmarc('p=reject; t=y'), finds: [1], says: /t=y/ },
    { name: 'without a policy', zone: dmarc('rua=mailto:a@example.net'), finds: [1], says: /no p/ },
    { name: 'no DMARC at all is another fault', zone: `default._bimi TXT ${BIMI}\n`, finds: [] },
    { name: 'declined', zone: 'default._bimi TXT "v=BIMI1; l=; a="\n_dmarc TXT "v=DMARC1; p=none"\n', finds: [] },
    {
      name: 'once for a domain',
      zone: `a._bimi TXT ${BIMI}\nb._bimi TXT ${BIMI}\n_dmarc TXT "v=DMARC1; p=none"\n`,
      finds: [1],
    },
    {
      name: 'the policy for subdomains',
      zone: `default._bimi.news TXT ${BIMI}\n_dmarc TXT "v=DMARC1; p=reject; sp=none"\n`,
      finds: [1],
      says: /sp=none/,
    },
    {
      name: 'the subdomain has its own',
      zone: `default._bimi.news TXT ${BIMI}\n_dmarc.news TXT "v=DMARC1; p=reject"\n_dmarc TXT "v=DMARC1; p=none"\n`,
      finds: [],
    },
  ]);
});
