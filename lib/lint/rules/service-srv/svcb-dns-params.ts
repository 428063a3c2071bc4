import { labelsOf } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { type Binding, bindingSets, isAlias, KEY, stringsOf } from './bindings.ts';

/** The record of a DNS server lacks what clients need (RFC 9461 §4, §5). */
export const rule: Rule = {
  id: 'svcb-dns-params',
  group: 'service-srv',
  level: 'warning',
  cites: ['RFC 9461 §4.1', 'RFC 9461 §5'],
  what: 'An SVCB record at _dns has no alpn, or has HTTP in it without dohpath.',
  why: 'DNS over TLS, HTTPS and QUIC have no default protocol and no default path, so clients cannot use the record.',
  help: 'Add alpn=dot or alpn=h2, and dohpath="/dns-query{?dns}" for DNS over HTTPS.',
  bad: {
    zone: `_dns SVCB 1 ns1 alpn=h2 ; expect
`,
  },
  good: {
    zone: `_dns SVCB 1 ns1 alpn=h2 key7="/dns-query{?dns}"
`,
  },
  say: ({ owner, missing, protocol }) =>
    missing === 'alpn'
      ? `SVCB of ${owner} has no alpn; expected one such as alpn=dot, as there is no default`
      : `SVCB of ${owner} has ${protocol} in alpn and no dohpath; expected a path such as /dns-query{?dns}`,
  needs: [TYPE.SVCB, TYPE.HTTPS],
  check(facts, report) {
    for (const { set, bindings } of bindingSets(facts)) {
      if (set.type !== TYPE.SVCB || !isDns(facts, set.owner)) continue;
      for (const binding of bindings) {
        const fault = faultOf(binding);
        if (fault === undefined) continue;
        report.record(binding.record, 'params', { args: { owner: bare(facts.nameText(set.owner)), ...fault } });
      }
    }
  },
};

function faultOf(binding: Binding): { missing: string; protocol: string } | undefined {
  if (isAlias(binding)) return undefined;
  const alpn = binding.params.get(KEY.alpn);
  if (alpn === undefined) return { missing: 'alpn', protocol: '' };
  const protocol = stringsOf(alpn).find((each) => /^h[23]$/.test(each));
  return protocol === undefined || binding.params.has(KEY.dohpath) ? undefined : { missing: 'dohpath', protocol };
}

/** Whether a name is `_dns`, with a port before it or not (RFC 9461 §3). */
function isDns(facts: Facts, owner: number): boolean {
  const [first = '', second = ''] = labelsOf(facts.zone.names.wire(owner));
  return first.toLowerCase() === '_dns' || (/^_\d+$/.test(first) && second.toLowerCase() === '_dns');
}
