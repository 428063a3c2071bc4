import { TYPE, typeToText } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { bindingSets, isAlias, KEY, paramRange, stringsOf } from './bindings.ts';

/** What is written for a protocol, and its identifier in the ALPN registry, which is compared octet by octet (RFC 7301 §6). */
const SLIPS: ReadonlyMap<string, string> = new Map([
  ['http2', 'h2'],
  ['http/2', 'h2'],
  ['http/2.0', 'h2'],
  ['h2c', 'h2'],
  ['http3', 'h3'],
  ['http/3', 'h3'],
  ['quic', 'h3'],
  ['http1', 'http/1.1'],
  ['http/1', 'http/1.1'],
  ['http1.1', 'http/1.1'],
  ['h1', 'http/1.1'],
  ['doh', 'h2'],
]);
const SPELLED_SMALL: ReadonlySet<string> = new Set(['h2', 'h3', 'http/1.1', 'http/1.0', 'dot', 'doq']);

/** A protocol in alpn is not the identifier that TLS uses (RFC 9460 §7.1). */
export const rule: Rule = {
  id: 'svcb-alpn-slip',
  group: 'service-srv',
  level: 'warning',
  cites: ['RFC 9460 §7.1', 'RFC 7301 §6'],
  what: 'The parameter alpn names a protocol in another way than TLS does.',
  why: 'Clients compare the identifiers as they are, do not know this one, and use the default protocol or skip the record.',
  help: 'Write the identifier of the ALPN registry, such as h2 or h3.',
  fix: 'unsafe',
  bad: {
    zone: `@ HTTPS 1 . alpn=http2 ; expect
@ A 192.0.2.80
`,
  },
  good: {
    zone: `@ HTTPS 1 . alpn=h2
@ A 192.0.2.80
`,
  },
  say: ({ type, owner, found, meant }) => `alpn of ${type} of ${owner} has ${found}; expected ${meant}`,
  needs: [TYPE.SVCB, TYPE.HTTPS],
  check(facts, report) {
    for (const { set, bindings } of bindingSets(facts)) {
      for (const binding of bindings) {
        const value = isAlias(binding) ? undefined : binding.params.get(KEY.alpn);
        if (value === undefined) continue;
        const protocols = stringsOf(value);
        for (const found of protocols) {
          const meant = meantBy(found);
          if (meant === undefined) continue;
          const details = {
            args: { type: typeToText(set.type), owner: bare(facts.nameText(set.owner)), found, meant },
            fixes: protocols.includes(meant) ? [] : fixOf(facts, binding.record, found, meant),
          };
          const range = paramRange(facts, binding.record, KEY.alpn);
          if (range === undefined) report.record(binding.record, 'params', details);
          else report.text(binding.record, range.from, range.to, details);
        }
      }
    }
  },
};

function meantBy(found: string): string | undefined {
  const small = found.toLowerCase();
  return SLIPS.get(small) ?? (small !== found && SPELLED_SMALL.has(small) ? small : undefined);
}

function fixOf(facts: Facts, record: number, found: string, meant: string): readonly ProposedFix[] {
  const range = paramRange(facts, record, KEY.alpn);
  if (range === undefined) return [];
  const { start, end } = facts.textSpan(record, range.from, range.to);
  const text = new TextDecoder().decode(facts.fileOf(record).bytes.subarray(start, end));
  const [, head = '', list = '', tail = ''] = /^(alpn="?)([^"\\]*)("?)$/.exec(text) ?? [];
  const words = list.split(',');
  if (!words.includes(found)) return [];
  const written = words.map((word) => (word === found ? meant : word)).join(',');
  return [{ title: `write ${meant}`, safe: false, edits: [{ start, end, text: head + written + tail }] }];
}
