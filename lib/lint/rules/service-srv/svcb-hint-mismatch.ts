import { printRdata } from '../../../rr/codec.ts';
import { TYPE, typeToText } from '../../../rr/types.ts';
import { addressesOf, standing } from '../../common-hosts.ts';
import { bare, bareName, listed } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Report, Rule } from '../../rule.ts';
import { type Binding, bindingSets, effectiveTarget, isAlias, KEY, paramRange } from './bindings.ts';

/** The hints and the type of the addresses they repeat. */
const HINTS: readonly { readonly key: number; readonly name: string; readonly type: number; readonly size: number }[] =
  [
    { key: KEY.ipv4hint, name: 'ipv4hint', type: TYPE.A, size: 4 },
    { key: KEY.ipv6hint, name: 'ipv6hint', type: TYPE.AAAA, size: 16 },
  ];

/** An address hint is not an address of the target (RFC 9460 §7.3). */
export const rule: Rule = {
  id: 'svcb-hint-mismatch',
  group: 'service-srv',
  level: 'warning',
  cites: ['RFC 9460 §7.3'],
  what: 'An ipv4hint or ipv6hint has an address that the target of the record does not have in this zone.',
  why: 'Clients connect to the hint first, and reach a machine that may no longer be the right one.',
  help: 'Write the addresses of the target, or leave the hint out.',
  bad: {
    zone: `@ HTTPS 1 . alpn=h2 ipv4hint=192.0.2.81 ; expect
@ A 192.0.2.80
`,
  },
  good: {
    zone: `@ HTTPS 1 . alpn=h2 ipv4hint=192.0.2.80
@ A 192.0.2.80
`,
  },
  say: ({ type, owner, hint, addresses, host, rrtype }) =>
    `${hint} of ${type} of ${owner} has ${addresses}, which no ${rrtype} record of ${host} has; expected the addresses of ${host}`,
  needs: [TYPE.SVCB, TYPE.HTTPS],
  check(facts, report) {
    for (const { set, bindings } of bindingSets(facts)) {
      for (const binding of bindings) {
        if (isAlias(binding) || !HINTS.some(({ key }) => binding.params.has(key))) continue;
        const host = effectiveTarget(facts, set, binding);
        if (standing(facts, host) !== 'address') continue;
        const words = { type: typeToText(set.type), owner: bare(facts.nameText(set.owner)) };
        checkHints(facts, report, binding, host, words);
      }
    }
  },
};

function checkHints(
  facts: Facts,
  report: Report,
  { record, params }: Binding,
  host: Uint8Array,
  words: { readonly type: string; readonly owner: string },
): void {
  const addresses = addressesOf(facts, host);
  for (const { key, name, type, size } of HINTS) {
    const value = params.get(key);
    if (value === undefined || facts.mayBeBroken(type)) continue;
    const same = addresses.filter((address) => facts.zone.types[address] === type);
    const known = same.map((address) => facts.rdata(address));
    const hints = Array.from({ length: value.length / size }, (_, at) => value.subarray(at * size, (at + 1) * size));
    const wrong = hints.filter((hint) => !known.some((address) => hint.every((octet, at) => octet === address[at])));
    if (wrong.length === 0) continue;
    const details = {
      args: {
        ...words,
        hint: name,
        addresses: listed(wrong.map((hint) => printRdata(type, hint))),
        host: bareName(host),
        rrtype: typeToText(type),
      },
      related: same.slice(0, 3).map((each) => ({ record: each, part: 'rdata', message: 'an address it has' })),
    };
    const range = paramRange(facts, record, key);
    if (range === undefined) report.record(record, 'params', details);
    else report.text(record, range.from, range.to, details);
  }
}
