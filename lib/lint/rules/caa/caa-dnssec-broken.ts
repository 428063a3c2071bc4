import { TYPE } from '../../../rr/types.ts';
import { bare, date } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { propertySets } from './shared.ts';

const HEX = '00'.repeat(64);

/** CAs cannot verify the CAA records, and must not issue then (CA/Browser Forum BR §3.2.2.8.1). */
export const rule: Rule = {
  id: 'caa-dnssec-broken',
  group: 'caa',
  level: 'warning',
  cites: ['RFC 4034 §3.1.5', 'RFC 8659 §5.6'],
  what: 'All signatures over the CAA records of a name are out of date.',
  why: 'CAs validate DNSSEC, and refuse to issue when the answer for CAA is bogus.',
  help: 'Sign the zone again.',
  // The signatures themselves are reported by the rules about DNSSEC.
  byDefault: false,
  bad: {
    zone: `@ CAA 0 issue "ca.example.org" ; expect
@ RRSIG CAA 13 2 3600 20260101000000 20251201000000 12345 example.net. ${base64(HEX)}
`,
  },
  good: {
    zone: `@ CAA 0 issue "ca.example.org"
@ RRSIG CAA 13 2 3600 20261201000000 20261101000000 12345 example.net. ${base64(HEX)}
`,
  },
  say: ({ owner, end }) =>
    `the signature over CAA of ${owner} ended on ${end}; expected one that holds now, as CAs do not issue without`,
  needs: [TYPE.CAA],
  check(facts, report) {
    for (const [first] of propertySets(facts)) {
      if (first === undefined) continue;
      const signatures = signaturesOver(facts, facts.zone.owners[first.record] ?? 0);
      const last = signatures.at(-1);
      if (last === undefined || signatures.some((record) => holds(facts, record))) continue;
      report.record(first.record, 'entry', {
        args: { owner: bare(facts.ownerText(first.record)), end: date(timeAt(facts, last, 8)) },
        related: [{ record: last, message: 'the signature' }],
      });
    }
  },
};

function signaturesOver(facts: Facts, owner: number): readonly number[] {
  return facts.rrset(owner, TYPE.RRSIG).filter((record) => {
    const rdata = facts.rdata(record);
    return (rdata[0] ?? 0) * 256 + (rdata[1] ?? 0) === TYPE.CAA;
  });
}

function holds(facts: Facts, record: number): boolean {
  return timeAt(facts, record, 12) <= facts.now && facts.now <= timeAt(facts, record, 8);
}

/** A time of the signature in milliseconds, nearest to now as serial arithmetic has it (RFC 4034 §3.1.5). */
function timeAt(facts: Facts, record: number, at: number): number {
  const rdata = facts.rdata(record);
  const view = new DataView(rdata.buffer, rdata.byteOffset, rdata.length);
  const seconds = rdata.length < at + 4 ? 0 : view.getUint32(at);
  const now = Math.floor(facts.now / 1000);
  return (now + ((seconds - now) | 0)) * 1000;
}

function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}
