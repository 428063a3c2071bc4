import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { srvSets } from './records.ts';

/** Octets of the longest service name (RFC 6335 §5.1). */
const MOST = 15;

/** The service label is no service name (RFC 6335 §5.1). */
export const rule: Rule = {
  id: 'srv-service-label',
  group: 'service-srv',
  level: 'info',
  cites: ['RFC 6335 §5.1', 'RFC 2782'],
  what: 'The service label of SRV records is longer than 15 characters, has no letter, or has other characters than letters, digits and single hyphens.',
  why: 'Such a name cannot be registered, and software that checks service names does not take it.',
  help: 'Use the registered name of the service.',
  // Several vendors use longer names.
  byDefault: false,
  bad: {
    zone: `_a-very-long-service-name._tcp SRV 0 0 4711 app ; expect
app A 192.0.2.40
`,
  },
  good: {
    zone: `_service-name._tcp SRV 0 0 4711 app
app A 192.0.2.40
`,
  },
  say: ({ owner, service, reason }) => `the service ${service} of ${owner} ${reason}`,
  check(facts, report) {
    const { arena, offsets } = facts.zone.names;
    for (const { owner, records } of srvSets(facts)) {
      const start = (offsets[owner] ?? 0) + 1;
      const size = arena[start - 1] ?? 0;
      if (arena[start] !== 0x5f) continue;
      const service = String.fromCharCode(...arena.subarray(start + 1, start + size));
      const reason = faultOf(service);
      if (reason === undefined) continue;
      report.record(records[0] ?? 0, 'owner', {
        args: { owner: bare(facts.nameText(owner)), service: service.replace(/[^\x21-\x7e]/g, '?'), reason },
      });
    }
  },
};

function faultOf(service: string): string | undefined {
  if (!/^[a-z\d-]+$/i.test(service))
    return 'has characters that no service name has; expected letters, digits and hyphens';
  if (service.length > MOST) return `has ${service.length} characters; expected at most ${MOST}`;
  if (!/[a-z]/i.test(service)) return 'has no letter; expected at least one';
  if (/^-|-$|--/.test(service)) return 'has hyphens at an edge or in a row; expected single ones inside';
  return undefined;
}
