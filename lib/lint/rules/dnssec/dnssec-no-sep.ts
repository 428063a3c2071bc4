import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { isEntryPoint, isWholeAndSigned, signingOf } from './signing.ts';

/** A signed zone without a key that the parent would point at (RFC 4034 §2.1.1). */
export const rule: Rule = {
  id: 'dnssec-no-sep',
  group: 'dnssec',
  level: 'warning',
  cites: ['RFC 4034 §2.1.1', 'RFC 6781 §3.2.3'],
  what: 'No DNSKEY of a signed zone has the SEP flag.',
  why: 'Tools that make DS records look for keys with flags 257 and find none. Knot DNS does not load the zone.',
  help: 'Give the key that the parent points at the flags 257.',
  bad: signedExample({
    '@ DNSKEY': '@ DNSKEY 256 3 15 iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w= ; expect',
  }),
  good: signedExample(),
  load: true,
  say: ({ zone }) => `no key of ${zone} has the SEP flag; expected the flags 257 at the key that the parent points at`,
  check(facts, report) {
    const { keys } = signingOf(facts);
    const [first] = keys;
    if (!isWholeAndSigned(facts) || first === undefined || keys.some(isEntryPoint)) return;
    report.record(first.record, 'flags', { args: { zone: bareName(facts.zone.origin) } });
  },
};
