import { TYPE } from '../../../rr/types.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { srvSet, srvSets } from './records.ts';

/** SRV names a host and no port (RFC 2782). */
export const rule: Rule = {
  id: 'srv-port-zero',
  group: 'service-srv',
  level: 'error',
  cites: ['RFC 2782', 'RFC 6335 §6'],
  what: 'An SRV record names a host with port 0.',
  why: 'Nothing can listen on port 0, so clients cannot connect.',
  help: 'Write the port of the service, or the target "." if it is not offered.',
  bad: {
    zone: `_imaps._tcp SRV 0 0 0 imap ; expect
imap A 192.0.2.40
`,
  },
  good: {
    zone: `_imaps._tcp SRV 0 0 993 imap
imap A 192.0.2.40
`,
  },
  say: ({ owner, host }) => `SRV of ${owner} names port 0 of ${host}; expected the port of the service`,
  needs: [TYPE.SRV],
  check(facts, report) {
    for (const set of srvSets(facts)) {
      for (const target of srvSet(facts, set)) {
        if (target.port !== 0 || target.isNull || isCsv(facts.nameText(set.owner))) continue;
        report.record(target.record, 'port', {
          args: { owner: bare(facts.nameText(set.owner)), host: bareName(target.wire) },
        });
      }
    }
  },
};

/** Certified Server Validation has flags in the place of the port (draft-ietf-marid-csv-csa). */
function isCsv(owner: string): boolean {
  return /^_client\._smtp\./i.test(owner);
}
