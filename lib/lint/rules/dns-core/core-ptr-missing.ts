import { TYPE } from '../../../rr/types.ts';
import { answering, isWildcard } from '../../common-hosts.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { reverseOfAddress } from './reverse-address.ts';

/** An address whose reverse zone is given and says nothing of it. */
export const rule: Rule = {
  id: 'core-ptr-missing',
  group: 'dns-core',
  level: 'info',
  cites: ['RFC 1912 §2.1'],
  what: 'The reverse zone of an address is given too and has no PTR record for it.',
  why: 'Mail servers mistrust clients without a name in the reverse tree.',
  help: 'Add the PTR record to the reverse zone.',
  byDefault: false,
  bad: {
    zone: 'mx1 A 192.0.2.10 ; expect\n',
    others: [{ origin: '2.0.192.in-addr.arpa', zone: '1 PTR ns1.example.net.\n' }],
  },
  good: {
    zone: 'mx1 A 192.0.2.10\n',
    others: [{ origin: '2.0.192.in-addr.arpa', zone: '1 PTR ns1.example.net.\n10 PTR mx1.example.net.\n' }],
  },
  say: ({ name, reverse }) => `${name} has an address without a name: there is no PTR record at ${reverse}`,
  check(facts, report) {
    for (const type of [TYPE.A, TYPE.AAAA]) {
      for (const record of facts.records(type)) {
        const owner = facts.zone.owners[record] as number;
        if (isWildcard(facts, owner)) continue;
        const reverse = reverseOfAddress({ type, octets: facts.rdata(record) });
        const home = answering(facts, reverse);
        if (home === undefined || home.mayBeBroken(TYPE.PTR)) continue;
        const { kind } = home.lookup(reverse, TYPE.PTR);
        if (kind !== 'nodata' && kind !== 'nxdomain') continue;
        report.record(record, 'rdata', { args: { name: bare(facts.nameText(owner)), reverse: bareName(reverse) } });
      }
    }
  },
};
