import { hostsOf, sameHost } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { MailTarget } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** SRV and MX put the same hosts in opposite order (RFC 2782, RFC 5321 §5.1). */
export const rule: Rule = {
  id: 'smtp-tls-srv-priority-vs-mx',
  group: 'smtp-tls-srv',
  level: 'info',
  cites: ['SRV-2-i', 'RFC 2782', 'RFC 5321 §5.1'],
  what: 'The priorities of SRV put two hosts in another order than the preferences of MX.',
  why: 'The backup of senders without SRV is the first choice of those with it, which is seldom meant.',
  help: 'Give the hosts the same order in both.',
  bad: {
    zone: `@ MX 10 mx1
@ MX 20 mx2
_smtp-tls._tcp SRV 1 0 842 mx1 ; expect
_smtp-tls._tcp SRV 0 0 842 mx2
mx1 A 192.0.2.10
mx2 A 198.51.100.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ MX 20 mx2
_smtp-tls._tcp SRV 0 0 842 mx1
_smtp-tls._tcp SRV 1 0 842 mx2
mx1 A 192.0.2.10
mx2 A 198.51.100.10
`,
  },
  say: ({ domain, first, second, firstPriority, secondPriority, firstPreference, secondPreference }) =>
    `SRV of ${domain} puts ${second} (priority ${secondPriority}) before ${first} (${firstPriority}), while MX puts ${first} (preference ${firstPreference}) before ${second} (${secondPreference}); expected one order`,
  check(facts, report) {
    for (const { owner, mx, srv } of facts.mailDomains) {
      if (mx.length < 2 || srv.length < 2 || sameOrder(mx, srv)) continue;
      const pair = inversion(mx, srv);
      if (pair === undefined) continue;
      const [first, second] = pair;
      report.record(first.srv.record, 'priority', {
        args: {
          domain: bare(facts.nameText(owner)),
          first: first.mx.host,
          second: second.mx.host,
          firstPriority: first.srv.preference,
          secondPriority: second.srv.preference,
          firstPreference: first.mx.preference,
          secondPreference: second.mx.preference,
        },
        related: [
          { record: second.srv.record, part: 'priority', message: `before it by SRV: ${second.mx.host}` },
          { record: first.mx.record, part: 'preference', message: `first by MX: ${first.mx.host}` },
        ],
      });
    }
  },
};

interface Ranked {
  readonly mx: MailTarget;
  readonly srv: MailTarget;
}

/** Whether two short lists name the same hosts in the same order, as most do. */
function sameOrder(mx: readonly MailTarget[], srv: readonly MailTarget[]): boolean {
  const [one, other] = mx;
  const [first, second] = srv;
  if (mx.length !== 2 || srv.length !== 2 || !one || !other || !first || !second) return false;
  const aligned = sameHost(one, first) && sameHost(other, second) && first.preference <= second.preference;
  return aligned && one.preference <= other.preference;
}

/** Two hosts of which MX prefers the first and SRV the second. */
function inversion(mx: readonly MailTarget[], srv: readonly MailTarget[]): readonly [Ranked, Ranked] | undefined {
  const services = best(srv);
  const ranked = [...best(mx)].flatMap(([host, target]): Ranked[] => {
    const service = services.get(host);
    return service === undefined ? [] : [{ mx: target, srv: service }];
  });
  ranked.sort((a, b) => a.mx.preference - b.mx.preference || b.srv.preference - a.srv.preference);
  // The last by SRV among those that MX strictly prefers to the host looked at.
  let last: Ranked | undefined;
  let candidate: Ranked | undefined;
  for (const host of ranked) {
    if (candidate !== undefined && candidate.mx.preference < host.mx.preference) {
      if (last === undefined || candidate.srv.preference > last.srv.preference) last = candidate;
      candidate = undefined;
    }
    if (last !== undefined && last.srv.preference > host.srv.preference) return [last, host];
    if (candidate === undefined || host.srv.preference > candidate.srv.preference) candidate = host;
  }
  return undefined;
}

/** Each host with its best record. */
function best(targets: readonly MailTarget[]): ReadonlyMap<string, MailTarget> {
  const hosts = new Map<string, MailTarget>();
  for (const target of hostsOf(targets)) {
    const before = hosts.get(target.host);
    if (before === undefined || target.preference < before.preference) hosts.set(target.host, target);
  }
  return hosts;
}
