import { OPT_OUT } from '../../../dnssec/nsec3.ts';
import { numberFix } from '../../common-fixes.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { hashedExample } from './examples.ts';
import { parametersOf } from './nsec3-look.ts';
import { signingOf } from './signing.ts';

/** NSEC3PARAM with a flag (RFC 5155 §4.1.2). */
export const rule: Rule = {
  id: 'dnssec-nsec3param-flags',
  group: 'dnssec',
  level: 'warning',
  cites: ['RFC 5155 §4.1.2'],
  what: 'The flags of the NSEC3PARAM record are not 0.',
  why: 'Opt-out is a flag of NSEC3 records alone. Servers ignore an NSEC3PARAM with flags, and then cannot deny names.',
  help: 'Write 0 for the flags.',
  fix: 'unsafe',
  bad: { zone: '@ NSEC3PARAM 1 1 0 - ; expect\n' },
  good: hashedExample(),
  say: ({ zone, flags }) => `NSEC3PARAM of ${zone} has the flags ${flags}; expected 0`,
  check(facts, report) {
    const zone = bareName(facts.zone.origin);
    const { signed } = signingOf(facts);
    for (const { record, flags } of parametersOf(facts)) {
      // Other flags of a signed zone are more than a warning.
      if (flags === 0 || (signed && (flags & ~OPT_OUT) !== 0)) continue;
      const fixes = numberFix(facts, record, 'flags', flags, 0).map((fix) => ({ ...fix, safe: false }));
      report.record(record, 'flags', { args: { zone, flags }, fixes });
    }
  },
};
