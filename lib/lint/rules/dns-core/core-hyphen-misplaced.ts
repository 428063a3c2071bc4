import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { EDGE_HYPHEN, faultyHosts, ODD_CHARACTER, RESERVED_HYPHENS, UNDERSCORE } from './host-names.ts';

/** Hyphens where a host name may have none. */
export const rule: Rule = {
  id: 'core-hyphen-misplaced',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 1123 §2.1', 'RFC 5891 §4.2.3.1'],
  what: 'A label of a host name begins or ends with a hyphen, or has hyphens in its third and fourth place.',
  why: 'Resolver libraries refuse the first two; the last is kept for internationalised names, which begin with xn--.',
  help: 'Leave the hyphen out or move it.',
  bad: { zone: '-www A 192.0.2.10 ; expect\nab--c A 192.0.2.11 ; expect\n' },
  good: { zone: 'w-w A 192.0.2.10\na-bc A 192.0.2.11\n' },
  say: ({ name, where }) => `${name} is used as a host name but has a label with ${where}`,
  check(facts, report) {
    for (const { record, part, wire, faults } of faultyHosts(facts)) {
      if ((faults & (EDGE_HYPHEN | RESERVED_HYPHENS)) === 0) continue;
      if (faults & (ODD_CHARACTER | UNDERSCORE)) continue;
      const edge = (faults & EDGE_HYPHEN) !== 0;
      const where = edge ? 'a hyphen at its end or beginning' : 'hyphens in its third and fourth place';
      report.record(record, part, { args: { name: bareName(wire), where } });
    }
  },
};
