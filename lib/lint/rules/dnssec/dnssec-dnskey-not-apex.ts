import { isOwn } from '../../../dnssec/authority.ts';
import { TYPE, typeToText } from '../../../rr/types.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** Labels that begin the name under which keys of another zone are announced (RFC 9615 §4.1). */
const SIGNAL = new TextEncoder().encode('_dsboot');

/** A record about the zone as a whole at another name than the zone's. */
export const rule: Rule = {
  id: 'dnssec-dnskey-not-apex',
  group: 'dnssec',
  level: 'warning',
  cites: ['RFC 4034 §2', 'RFC 5155 §4', 'RFC 7344 §4', 'RFC 8976 §2'],
  what: 'A DNSKEY, NSEC3PARAM, CDS, CDNSKEY or ZONEMD record stands at another name than that of the zone.',
  why: 'Nobody looks for it there. It was most likely meant for the zone itself, or belongs into the zone below.',
  help: 'Move the record to the name of the zone (@), or into the zone it is about.',
  bad: { zone: '@ TXT x\nwww DNSKEY 257 3 15 iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w= ; expect\n' },
  good: { zone: '@ DNSKEY 257 3 15 iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=\n' },
  say: ({ type, name, zone }) => `the ${type} record stands at ${name}; expected it at ${zone}, the name of the zone`,
  check(facts, report) {
    const { apex, origin } = facts.zone;
    for (const type of [TYPE.DNSKEY, TYPE.NSEC3PARAM, TYPE.CDS, TYPE.CDNSKEY, TYPE.ZONEMD]) {
      for (const { owner, records } of facts.rrsets(type)) {
        const [record] = records;
        if (owner === apex || record === undefined || !isOwn(facts.tree.flags[owner] ?? 0)) continue;
        if ((type === TYPE.CDS || type === TYPE.CDNSKEY) && isSignal(facts.zone.names.wire(owner))) continue;
        const args = { type: typeToText(type), name: bare(facts.nameText(owner)), zone: bareName(origin) };
        report.record(record, 'owner', { args });
      }
    }
  },
};

function isSignal(name: Uint8Array): boolean {
  return name[0] === SIGNAL.length && SIGNAL.every((octet, at) => ((name[at + 1] ?? 0) | 0x20) === (octet | 0x20));
}
