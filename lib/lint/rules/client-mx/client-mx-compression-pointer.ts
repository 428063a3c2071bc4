import { TYPE } from '../../../rr/types.ts';
import { clientMx } from '../../common-examples.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { rdataFault } from './rdata.ts';

/** A compression pointer in Client MX RDATA (RFC 3597 §4). */
export const rule: Rule = {
  id: 'client-mx-compression-pointer',
  group: 'client-mx',
  level: 'error',
  cites: ['RFC 3597 §4', 'CMX-1.2.1-b'],
  what: 'The name in a Client MX record ends in a compression pointer.',
  why: 'Name servers copy the octets into every message as they are, where the pointer leads to some other place: the receiver reads a wrong name or none.',
  help: 'Write the whole name, label by label.',
  bad: { zone: '@ MX 0 .\n@ TYPE265 \\# 9 000a046f757431c00c ; expect\n' },
  good: { zone: `@ MX 10 mx1\n@ ${clientMx(10, 'out1')}\nmx1 A 192.0.2.10\nout1 A 192.0.2.20\n` },
  say: ({ domain, at, offset }) =>
    `Client MX RDATA of ${domain} has a compression pointer (to offset ${offset}) at octet ${at}; expected the whole name, as in zone files nothing is there to point to`,
  needs: [TYPE.CLIENTMX],
  check(facts, report) {
    for (const record of facts.records(TYPE.CLIENTMX)) {
      const fault = rdataFault(facts.rdata(record));
      if (fault?.kind !== 'pointer') continue;
      report.record(record, 'rdata', {
        args: { domain: bare(facts.ownerText(record)), at: fault.at, offset: fault.offset },
      });
    }
  },
};
