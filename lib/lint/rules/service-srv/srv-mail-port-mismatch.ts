import { TYPE } from '../../../rr/types.ts';
import { numberFix } from '../../common-fixes.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { knownServices } from './records.ts';

/** Ports of the services of mail users (RFC 8314 §3, RFC 6409 §3.1, RFC 3501, RFC 1939) and of mail servers. */
const PORTS: ReadonlyMap<string, number> = new Map([
  ['imap', 143],
  ['imaps', 993],
  ['pop3', 110],
  ['pop3s', 995],
  ['submission', 587],
  ['submissions', 465],
]);
const SERVICES: ReadonlyMap<number, string> = new Map([
  ...[...PORTS].map(([service, port]) => [port, service] as const),
  [25, 'smtp'],
]);

/** The port announced for a mail service is that of another one (RFC 8314 §3, RFC 6186 §3). */
export const rule: Rule = {
  id: 'srv-mail-port-mismatch',
  group: 'service-srv',
  level: 'warning',
  cites: ['RFC 8314 §3', 'RFC 8314 §5.1', 'RFC 6186 §3'],
  what: 'The SRV record of a mail service names the port of another mail service.',
  why: 'Mail programs begin TLS at once where the server waits for plain text, or the other way round, and do not connect.',
  help: 'Write the port of the service, or announce the service that listens on this port.',
  fix: 'unsafe',
  bad: {
    zone: `_imaps._tcp SRV 0 0 143 imap ; expect
imap A 192.0.2.40
`,
  },
  good: {
    zone: `_imaps._tcp SRV 0 0 993 imap
imap A 192.0.2.40
`,
  },
  say: ({ domain, service, host, port, other, expected }) =>
    `SRV of ${domain} announces ${service} on port ${port} of ${host}, which is the port of ${other}; expected ${expected}`,
  needs: [TYPE.SRV],
  check(facts, report) {
    for (const { service, domain, hosts } of knownServices(facts)) {
      const expected = PORTS.get(service);
      if (expected === undefined) continue;
      for (const { record, port, wire } of hosts) {
        // Any other port may be meant: naming the port is what the record is for.
        const other = SERVICES.get(port);
        if (other === undefined || other === service) continue;
        report.record(record, 'port', {
          args: { domain: bare(facts.nameText(domain)), service, host: bareName(wire), port, other, expected },
          fixes: numberFix(facts, record, 'port', port, expected).map((fix) => ({ ...fix, safe: false })),
        });
      }
    }
  },
};
