import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { offers, servicesByDomain } from './records.ts';

const READING = ['imaps', 'imap', 'pop3s', 'pop3'];
const SENDING = ['submissions', 'submission'];

/** A domain announces how to read mail but not how to send it, or the other way round (RFC 6186 §3). */
export const rule: Rule = {
  id: 'srv-service-missing-pair',
  group: 'service-srv',
  level: 'info',
  cites: ['SRV-5-c', 'RFC 6186 §3', 'RFC 8314 §5.1'],
  what: 'A domain announces services for reading mail and none for sending it, or the other way round.',
  why: 'A mail program that sets itself up finds one half only, and its user has to type in the other.',
  help: 'Announce the other half, or its absence with the target ".".',
  // The other half may be found by other means.
  byDefault: false,
  bad: {
    zone: `_imaps._tcp SRV 0 0 993 imap ; expect
imap A 192.0.2.40
`,
  },
  good: {
    zone: `_imaps._tcp SRV 0 0 993 imap
_submissions._tcp SRV 0 0 465 imap
imap A 192.0.2.40
`,
  },
  say: ({ domain, found, missing }) =>
    `${domain} announces ${found} but not ${missing}; expected _${missing}._tcp.${domain} too`,
  needs: [TYPE.SRV],
  check(facts, report) {
    for (const [domain, services] of servicesByDomain(facts)) {
      const reads = READING.find((service) => offers(services, service));
      const sends = SENDING.find((service) => offers(services, service));
      const found = reads ?? sends;
      if (found === undefined || (reads !== undefined && sends !== undefined)) continue;
      // The target "." says that the service is not offered.
      if ((reads === undefined ? READING : SENDING).some((service) => services.has(service))) continue;
      report.record(services.get(found)?.records[0] ?? 0, 'owner', {
        args: { domain: bare(facts.nameText(domain)), found, missing: reads === undefined ? 'imaps' : 'submissions' },
      });
    }
  },
};
