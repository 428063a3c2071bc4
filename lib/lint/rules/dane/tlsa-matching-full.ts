import { TYPE } from '../../../rr/types.ts';
import { numberFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { associationOf } from './shared.ts';

/** First octet of a certificate and of a public key in DER. */
const SEQUENCE = 0x30;

/** Digest sizes by the matching type that they belong to. */
const DIGEST_SIZES: ReadonlyMap<number, number> = new Map([
  [32, 1],
  [64, 2],
]);

/** DANE-TA: the whole certificate of a trust anchor lets servers leave it out of their chain (RFC 7671 §5.2.2). */
const TRUST_ANCHOR = 2;

/** A TLSA record holds a whole certificate or key instead of its digest (RFC 7671 §10.1.2). */
export const rule: Rule = {
  id: 'tlsa-matching-full',
  group: 'dane',
  level: 'warning',
  cites: ['RFC 7671 §5.1', 'RFC 7671 §10.1.2'],
  what: 'A TLSA record has matching type 0, so that its data must be a whole certificate or public key.',
  why: 'Such answers are too large for UDP; with a digest in the place of the certificate no server matches.',
  help: 'Use matching type 1 with the SHA-256 digest.',
  fix: 'unsafe',
  bad: {
    zone: `_25._tcp.mx1 TLSA 3 1 0 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `_25._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
mx1 A 192.0.2.10
`,
  },
  say: ({ owner, size, meant, what }) =>
    meant === 0
      ? `TLSA of ${owner} has a whole ${what} of ${size} octets (matching type 0); expected its SHA-256 digest with matching type 1`
      : `TLSA of ${owner} has matching type 0, but its data is no ${what} and has the size of a digest; expected matching type ${meant}`,
  needs: [TYPE.TLSA],
  check(facts, report) {
    for (const record of facts.records(TYPE.TLSA)) {
      const association = associationOf(facts, record);
      if (association.matching !== 0) continue;
      const { usage, selector, data } = association;
      const meant = data[0] === SEQUENCE ? 0 : (DIGEST_SIZES.get(data.length) ?? 0);
      if (meant === 0 && usage === TRUST_ANCHOR) continue;
      const fixes = meant === 0 ? [] : numberFix(facts, record, 'matchingType', 0, meant);
      report.record(record, 'matchingType', {
        args: {
          owner: bare(facts.ownerText(record)),
          size: data.length,
          meant,
          what: selector === 0 ? 'certificate' : 'public key',
        },
        fixes: fixes.map((fix) => ({ ...fix, safe: false })),
        ...(meant > 0 && { severity: 'error' as const }),
      });
    }
  },
};
