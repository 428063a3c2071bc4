import { asksForRemoval, namesKey, readDs } from '../../../dnssec/digests.ts';
import { readKey } from '../../../dnssec/keys.ts';
import { TYPE } from '../../../rr/types.ts';
import { bareName } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Report, Rule } from '../../rule.ts';
import { SIGNED, signedExample } from './examples.ts';
import { isWholeAndSigned, signingOf } from './signing.ts';

const KEY = SIGNED.find((line) => line.startsWith('@ DNSKEY'))?.slice('@ DNSKEY '.length) ?? '';

/** CDS and CDNSKEY that are not about the same keys of the zone (RFC 7344 §4). */
export const rule: Rule = {
  id: 'dnssec-cds-key-mismatch',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 7344 §4', 'RFC 7344 §4.1', 'RFC 8078 §4'],
  what: 'In a signed zone a CDS names no key, a CDNSKEY is no DNSKEY, or the two do not ask for the same.',
  why: 'A parent that follows them would point at a key that does not exist, and the zone could not be resolved. Knot DNS does not load the zone.',
  help: 'Publish CDS and CDNSKEY of the same keys, or none.',
  bad: signedExample({}, `@ CDNSKEY ${KEY}\n@ CDS 60795 15 2 ${'0123456789abcdef'.repeat(4)} ; expect\n`),
  good: signedExample(),
  load: true,
  say: ({ kind, tag, zone }) => {
    if (kind === 'cds')
      return `this CDS (key tag ${tag}) has the digest of no key that ${zone} publishes as CDNSKEY and DNSKEY`;
    if (kind === 'cdnskey') return `this CDNSKEY is none of the DNSKEY records of ${zone}`;
    if (kind === 'no-cds') return `no CDS of ${zone} is about this CDNSKEY`;
    return 'this record asks for removal, but the other type does not; expected both CDS 0 0 0 00 and CDNSKEY 0 3 0 AA==';
  },
  needs: [TYPE.RRSIG],
  check(facts, report) {
    if (!isWholeAndSigned(facts)) return;
    const { apex } = facts.zone;
    const cds = facts.rrset(apex, TYPE.CDS);
    const cdnskey = facts.rrset(apex, TYPE.CDNSKEY);
    const keys = signingOf(facts).keys.length + cdnskey.length;
    if (cds.length + cdnskey.length === 0 || (cds.length + cdnskey.length) * keys > MOST_PAIRS) return;
    const removal = (record: number): boolean => asksForRemoval(facts.rdata(record));
    const one = cds.find(removal);
    const other = cdnskey.find(removal);
    if (cds.length > 0 && cdnskey.length > 0 && (one === undefined) !== (other === undefined)) {
      report.record(one ?? other ?? 0, 'rdata', { args: { kind: 'removal' } });
      return;
    }
    compare(
      facts,
      cds.filter((record) => !removal(record)),
      cdnskey.filter((record) => !removal(record)),
      report,
    );
  },
};

/** Pairs of records that are compared at most: no zone needs as many. */
const MOST_PAIRS = 10_000;

function compare(facts: Facts, cds: readonly number[], cdnskey: readonly number[], report: Report): void {
  const { origin } = facts.zone;
  const zone = bareName(origin);
  const algorithms = new Set(signingOf(facts).keys.map(({ key }) => key.algorithm));
  const keys = signingOf(facts).keys.map(({ record }) => facts.rdata(record));
  for (const record of cdnskey) {
    const rdata = facts.rdata(record);
    // A key of an algorithm that the zone has no key of is reported for that.
    if (!algorithms.has(readKey(rdata)?.algorithm ?? -1)) continue;
    if (keys.some((key) => Buffer.compare(key, rdata) === 0)) continue;
    report.record(record, 'publicKey', { args: { kind: 'cdnskey', zone } });
  }
  const named = cdnskey.length > 0 ? cdnskey.map((record) => facts.rdata(record)) : keys;
  const used = new Set<Uint8Array>();
  for (const record of cds) {
    const ds = readDs(facts.rdata(record));
    if (ds === undefined || !algorithms.has(ds.algorithm)) continue;
    const key = named.find((rdata) => namesKey(ds, origin, rdata));
    if (key !== undefined) used.add(key);
    else report.record(record, 'digest', { args: { kind: 'cds', tag: ds.keyTag, zone } });
  }
  if (cds.length === 0 || cds.length >= cdnskey.length) return;
  for (const [index, record] of cdnskey.entries()) {
    const rdata = named[index];
    if (rdata !== undefined && !used.has(rdata)) report.record(record, 'type', { args: { kind: 'no-cds', zone } });
  }
}
