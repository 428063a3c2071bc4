import { knowsZoneHash, readZoneDigest, SIMPLE, type ZoneDigest, zoneDigest } from '../../../dnssec/zone-digest.ts';
import { hexText } from '../../../rr/octets.ts';
import { TYPE } from '../../../rr/types.ts';
import { type CanonicalOrder, canonicalOrder } from '../../../zone/order.ts';
import { hasSignature } from '../../common-fixes.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';

/** A digest that is not that of the zone (RFC 8976 §4). */
export const rule: Rule = {
  id: 'dnssec-zonemd-mismatch',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 8976 §2.2', 'RFC 8976 §3.3', 'RFC 8976 §4'],
  what: 'A ZONEMD record has another serial than the SOA, another digest than the zone, or the same scheme and hash as one before.',
  why: 'Who checks the digest takes the zone for damaged and does not load it.',
  help: 'Make the digest anew after the last change of the zone.',
  fix: 'unsafe',
  bad: { zone: `@ ZONEMD 2026112001 1 1 ${'0123456789abcdef'.repeat(6)} ; expect\n` },
  good: {
    zone: '@ ZONEMD 2026112001 1 1 1feaabacf60fe221cd2a6f268b4071db67ae032c534ba8d976b7adea07273f81602e8852080d7f058eed7a4888a7849a\n',
  },
  say: ({ kind, found, expected, hash }) => {
    if (kind === 'serial') return `the digest is for serial ${found}; expected ${expected}, the serial of the SOA`;
    if (kind === 'digest') return `the digest begins with ${found}; that of the zone begins with ${expected}`;
    return `a second ZONEMD with scheme 1 and hash algorithm ${hash}; expected one of each`;
  },
  check(facts, report) {
    const { zone } = facts;
    const records = facts.rrset(zone.apex, TYPE.ZONEMD);
    const [soa] = facts.rrset(zone.apex, TYPE.SOA);
    const serial = soa === undefined ? undefined : facts.numberField(soa, 'serial');
    if (records.length === 0 || soa === undefined || serial === undefined || zone.broken.length > 0) return;
    const seen = new Map<number, number>();
    let order: CanonicalOrder | undefined;
    for (const record of records) {
      const own = readZoneDigest(facts.rdata(record));
      if (own === undefined || own.scheme !== SIMPLE || !knowsZoneHash(own.hashAlgorithm)) continue;
      const before = seen.get(own.hashAlgorithm);
      if (before !== undefined) {
        const related = [{ record: before, message: 'the first one' }];
        report.record(record, 'hashAlgorithm', { args: { kind: 'twice', hash: own.hashAlgorithm }, related });
        continue;
      }
      seen.set(own.hashAlgorithm, record);
      order ??= canonicalOrder(zone);
      const digest = zoneDigest(zone, own.hashAlgorithm, order);
      if (digest === undefined) continue;
      const fixes = fixOf(facts, record, own, serial, digest);
      if (own.serial !== serial) {
        const related = [{ record: soa, part: 'serial', message: 'the serial of the zone' }];
        report.record(record, 'serial', {
          args: { kind: 'serial', found: own.serial, expected: serial },
          related,
          fixes,
        });
      } else if (Buffer.compare(digest, own.digest) !== 0) {
        const args = { kind: 'digest', found: begin(own.digest), expected: begin(digest) };
        report.record(record, 'digest', { args, fixes });
      }
    }
  },
};

function begin(digest: Uint8Array): string {
  return hexText(digest.subarray(0, 8));
}

/** A fix that writes the digest of the zone as it is; none when the record is signed or not written in words of its own. */
function fixOf(
  facts: Facts,
  record: number,
  own: ZoneDigest,
  serial: number,
  digest: Uint8Array,
): readonly ProposedFix[] {
  const serialSpan = facts.span(record, 'serial');
  const digestSpan = facts.span(record, 'digest');
  if (hasSignature(facts, record) || facts.source(record, 'serial') !== String(own.serial)) return [];
  if (!/^[\da-f \t]+$/i.test(facts.source(record, 'digest'))) return [];
  const edits = [
    { ...serialSpan, text: String(serial) },
    { ...digestSpan, text: hexText(digest) },
  ];
  return [{ title: 'write the digest of the zone', safe: false, edits }];
}
