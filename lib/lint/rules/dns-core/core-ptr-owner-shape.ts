import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { type ReverseName, reverseName } from './arpa.ts';

/** An owner in the reverse tree that stands for no address. */
export const rule: Rule = {
  id: 'core-ptr-owner-shape',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 1035 §3.5', 'RFC 3596 §2.5', 'RFC 2317 §4'],
  what: 'The owner of a PTR record in the reverse tree stands for no address.',
  why: 'Nobody asks for that name, so the address meant has no name.',
  help: 'Write the four decimal numbers of the IPv4 address, or the 32 hex digits of the IPv6 address, in reverse order.',
  bad: { zone: '300.2.0.192.in-addr.arpa. PTR www.example.net. ; expect\n' },
  good: { zone: 'www A 192.0.2.30\n_http._tcp PTR shop._http._tcp\n' },
  say: ({ name, why }) => `${name} stands for no address: ${why}`,
  check(facts, report) {
    const { types, owners, classes, zoneClass, count, apex } = facts.zone;
    const said = new Set<number>();
    for (let record = 0; record < count; record++) {
      if (types[record] !== TYPE.PTR || classes[record] !== zoneClass) continue;
      const owner = owners[record] as number;
      const why = owner === apex || said.has(owner) ? undefined : fault(facts, owner);
      if (why === undefined) continue;
      said.add(owner);
      report.record(record, 'owner', { args: { name: bare(facts.nameText(owner)), why } });
    }
  },
};

function fault(facts: Facts, owner: number): string | undefined {
  const reverse = reverseName(facts.zone.names.wire(owner));
  if (reverse === undefined || reverse.labels.some((label) => label.startsWith('_') || label === '*')) return undefined;
  return reverse.family === 4 ? fault4(reverse) : fault6(reverse);
}

/** Labels that are no numbers belong to a delegation of part of a network (RFC 2317): those names are left alone. */
function fault4({ labels }: ReverseName): string | undefined {
  if (labels.some((label) => !/^\d+$/.test(label))) return undefined;
  const wrong = labels.find((label) => Number(label) > 255 || (label.length > 1 && label.startsWith('0')));
  if (wrong !== undefined) return `${wrong} is no number from 0 to 255`;
  return labels.length > 4 ? `it has ${labels.length} numbers, an IPv4 address has 4` : undefined;
}

function fault6({ labels }: ReverseName): string | undefined {
  const wrong = labels.find((label) => !/^[0-9a-f]$/.test(label));
  if (wrong !== undefined) return `${wrong} is no single hex digit`;
  return labels.length === 32 ? undefined : `it has ${labels.length} hex digits, an IPv6 address has 32`;
}
