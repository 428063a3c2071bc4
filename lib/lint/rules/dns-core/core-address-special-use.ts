import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { isDocumentation, isInner, isListAnswer, type SpecialUse, specialIpv4, specialIpv6 } from './addresses.ts';

/** Domains in which documentation addresses are at home (RFC 2606, RFC 6761). */
const EXAMPLES = /(^|\.)(example(\.(com|net|org))?|test|invalid)\.$/i;

/** Addresses that nobody outside can reach. */
export const rule: Rule = {
  id: 'core-address-special-use',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 6890', 'RFC 1918 §5', 'RFC 5737 §3'],
  what: 'A name has an address that is not reachable from the Internet: private, loopback, link-local, documentation or multicast.',
  why: 'Who looks the host up from outside gets an address that leads nowhere, or into a network of their own. A zone that has only private addresses is taken to be one for an inner network.',
  help: 'Use the public address, or keep the name in a zone that only the inner network sees.',
  bad: { zone: 'www A 192.0.2.10\nmx1 A 10.0.0.1 ; expect\n' },
  good: { zone: 'www A 192.0.2.10\nmx1 A 192.0.2.11\n' },
  say: ({ name, address, use }) => `${name} has the address ${address}, which is ${use}`,
  check(facts, report) {
    const examples = EXAMPLES.test(facts.nameText(facts.zone.apex));
    const inner: number[] = [];
    const others: number[] = [];
    let reachable = false;
    for (const type of [TYPE.A, TYPE.AAAA]) {
      for (const record of facts.records(type)) {
        const use = useOf(facts, record);
        if (use === undefined || (examples && isDocumentation(use))) reachable = true;
        else if (!isListAnswer(use)) (isInner(use) ? inner : others).push(record);
      }
    }
    const said = new Set<number>();
    for (const record of reachable ? [...inner, ...others] : others) {
      const owner = facts.zone.owners[record] ?? 0;
      const set = owner * 65_536 + (facts.zone.types[record] ?? 0);
      const name = bare(facts.nameText(owner));
      // RFC 1912 §4.1 once advised to have localhost in every zone.
      if (said.has(set) || /^localhost\./i.test(name)) continue;
      said.add(set);
      const use = useOf(facts, record) ?? '';
      report.record(record, 'rdata', { args: { name, address: facts.rdataText(record), use } });
    }
  },
};

function useOf(facts: Facts, record: number): SpecialUse | undefined {
  const { rdata, rdataStarts, rdataLengths } = facts.zone;
  const start = rdataStarts[record] as number;
  if (rdataLengths[record] === 4) return specialIpv4(rdata, start);
  return rdataLengths[record] === 16 ? specialIpv6(rdata, start) : undefined;
}
