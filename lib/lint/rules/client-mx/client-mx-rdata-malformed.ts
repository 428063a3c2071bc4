import { hexText } from '../../../rr/octets.ts';
import { TYPE } from '../../../rr/types.ts';
import { clientMx } from '../../common-examples.ts';
import { bare, counted } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { type RdataFault, rdataFault } from './rdata.ts';

/** Client MX RDATA that is no preference and name (RFC 1035 §3.3.9). */
export const rule: Rule = {
  id: 'client-mx-rdata-malformed',
  group: 'client-mx',
  level: 'error',
  cites: ['CMX-1.2.1-b', 'RFC 1035 §3.3.9'],
  what: 'The octets of a Client MX record are not a 16-bit preference and one domain name.',
  why: 'No name server looks into TYPE265, so the record is served as it is; receivers cannot read it and treat the client certificates of the domain as unknown.',
  help: 'Write the record as CLIENTMX with preference and host and let `zonewright convert` make the generic form.',
  bad: { zone: '@ MX 0 .\n@ TYPE265 \\# 2 000a ; expect\n' },
  good: { zone: `@ MX 10 mx1\n@ ${clientMx(10, 'out1')}\nmx1 A 192.0.2.10\nout1 A 192.0.2.20\n` },
  say: ({ domain, octets, fault }) =>
    `Client MX RDATA of ${domain} (${octets}) ${fault}; expected a 16-bit preference and one domain name up to its root label`,
  needs: [TYPE.CLIENTMX],
  check(facts, report) {
    for (const record of facts.records(TYPE.CLIENTMX)) {
      const rdata = facts.rdata(record);
      const fault = rdataFault(rdata);
      if (fault === undefined || fault.kind === 'pointer') continue;
      const hex = hexText(rdata.subarray(0, 16));
      const octets = rdata.length === 0 ? 'no octets' : `${counted(rdata.length, 'octet')}, ${hex}`;
      report.record(record, 'rdata', {
        args: {
          domain: bare(facts.ownerText(record)),
          octets: rdata.length > 16 ? `${octets}...` : octets,
          fault: describe(fault),
        },
      });
    }
  },
};

function describe(fault: Exclude<RdataFault, { kind: 'pointer' }>): string {
  switch (fault.kind) {
    case 'short':
      return 'is too short';
    case 'cut-off':
      return 'ends inside the name';
    case 'label-type':
      return `has the octet 0x${fault.octet.toString(16)} where the length of a label (at most 63) belongs`;
    case 'too-long':
      return 'has a name of more than 255 octets';
    case 'left-over':
      return `has ${counted(fault.octets, 'octet')} left over behind the name`;
  }
}
