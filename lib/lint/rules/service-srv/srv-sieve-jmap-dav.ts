import { TYPE } from '../../../rr/types.ts';
import { numberFix } from '../../common-fixes.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { knownServices } from './records.ts';

/** The port of a service, and ports that it was or is mixed up with. */
const PORTS: ReadonlyMap<string, { readonly port: number; readonly wrong: ReadonlyMap<number, string> }> = new Map([
  ['sieve', { port: 4190, wrong: new Map([[2000, 'was in use before 4190 was assigned']]) }],
  ['jmap', { port: 443, wrong: new Map([[80, 'is for HTTP without TLS']]) }],
  ['caldavs', { port: 443, wrong: new Map([[80, 'is for HTTP without TLS']]) }],
  ['carddavs', { port: 443, wrong: new Map([[80, 'is for HTTP without TLS']]) }],
  ['caldav', { port: 80, wrong: new Map([[443, 'is for HTTPS, which caldavs announces']]) }],
  ['carddav', { port: 80, wrong: new Map([[443, 'is for HTTPS, which carddavs announces']]) }],
]);

/** The port announced for filters, JMAP, calendars or address books is not theirs (RFC 5804, 8620, 6764). */
export const rule: Rule = {
  id: 'srv-sieve-jmap-dav',
  group: 'service-srv',
  level: 'info',
  cites: ['RFC 5804 §1.8', 'RFC 8620 §2.2', 'RFC 6764 §3'],
  what: 'The SRV record of sieve, jmap, caldav or carddav names a port that is known for something else.',
  why: 'Programs use the protocol of the service there, and it is not what answers.',
  help: 'Write the port of the service, or announce the service that listens on this port.',
  fix: 'unsafe',
  bad: {
    zone: `_sieve._tcp SRV 0 0 2000 imap ; expect
imap A 192.0.2.40
`,
  },
  good: {
    zone: `_sieve._tcp SRV 0 0 4190 imap
imap A 192.0.2.40
`,
  },
  say: ({ domain, service, host, port, reason, expected }) =>
    `SRV of ${domain} announces ${service} on port ${port} of ${host}, which ${reason}; expected ${expected}`,
  needs: [TYPE.SRV],
  check(facts, report) {
    for (const { service, domain, hosts } of knownServices(facts)) {
      const known = PORTS.get(service);
      if (known === undefined) continue;
      for (const { record, port, wire } of hosts) {
        const reason = known.wrong.get(port);
        if (reason === undefined) continue;
        report.record(record, 'port', {
          args: {
            domain: bare(facts.nameText(domain)),
            service,
            host: bareName(wire),
            port,
            reason,
            expected: known.port,
          },
          fixes: numberFix(facts, record, 'port', port, known.port).map((fix) => ({ ...fix, safe: false })),
        });
      }
    }
  },
};
