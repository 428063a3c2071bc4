import { hexText } from '../../../rr/octets.ts';
import { typeToText } from '../../../rr/types.ts';
import { recordBehind } from '../../common-additions.ts';
import { fileLabel } from '../../common-certificates.ts';
import { hasSignature } from '../../common-fixes.ts';
import { bare, listed } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { isMatched, rdataFor, type ServedSet, servedSets, type Usable } from './served.ts';

const OLD = 'ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9';
const NEW = '0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3';

/** A certificate in use that no TLSA record of its host matches (RFC 7671 §5, §8). */
export const rule: Rule = {
  id: 'tlsa-cert-mismatch',
  group: 'dane',
  level: 'error',
  cites: ['RFC 7671 §5', 'RFC 7671 §8', 'RFC 7672 §3.1'],
  what: 'No TLSA record of a host matches a certificate that the host shows.',
  why: 'Senders that check DANE take the server for another one and do not deliver to it.',
  help: 'Publish a TLSA record with the digest of the certificate, and wait for the TTL before the certificate is put to use.',
  fix: 'safe',
  bad: {
    zone: `@ MX 10 mx1
_25._tcp.mx1 TLSA 3 1 1 ${OLD} ; expect
mx1 A 192.0.2.10
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], facts: { spkiSha256: NEW } }],
  },
  good: {
    zone: `@ MX 10 mx1
_25._tcp.mx1 TLSA 3 1 1 ${NEW}
_25._tcp.mx1 TLSA 3 1 1 ${OLD}
mx1 A 192.0.2.10
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], facts: { spkiSha256: NEW } }],
  },
  say: ({ owner, files, count, expected }) =>
    `no TLSA record of ${owner} matches ${files}, the ${count === 1 ? 'certificate' : 'certificates'} in use there; expected ${expected === '' ? 'a record made from it' : expected}`,
  needs: 'certificates',
  check(facts, report) {
    for (const set of servedSets(facts)) {
      const own = set.usable.filter(isOfServer);
      const [model] = own;
      // Trust anchors alone are tlsa-usage2-chain's; records that nobody can use switch the check off.
      if (model === undefined) continue;
      const unmatched = set.certificates.filter((one) => !set.usable.some((usable) => isMatched(facts, usable, one)));
      if (unmatched.length === 0) continue;
      const stale = own.filter((usable) => !set.certificates.some((one) => isMatched(facts, usable, one)));
      const form = stale[0] ?? model;
      const wanted = unmatched.flatMap((one) => rdataFor(facts, one, form) ?? []);
      report.record(form.record, stale.length > 0 ? 'data' : 'owner', {
        args: {
          owner: bare(facts.ownerText(form.record)),
          files: listed(unmatched.map((one) => fileLabel(facts, one))),
          count: unmatched.length,
          expected: listed([...new Set(wanted)].filter((rdata) => rdata.length < LONG)),
        },
        related: set.usable
          .filter(({ record }) => record !== form.record)
          .slice(0, 3)
          .map(({ record }) => ({ record, part: 'data', message: 'nor does this record match' })),
        fixes: fixesFor(facts, set, unmatched, stale, wanted),
      });
    }
  },
};

/** Longest RDATA a sentence shows: that of SHA-512. */
const LONG = 150;

/** Whether a record speaks of the server's own certificate (RFC 6698 §2.1.1). */
function isOfServer({ usage }: Usable): boolean {
  return usage === 1 || usage === 3;
}

/** Writes the digest in place of the stale one where there is one; else adds records and leaves the others alone. */
function fixesFor(
  facts: Facts,
  set: ServedSet,
  unmatched: readonly number[],
  stale: readonly Usable[],
  wanted: readonly string[],
): readonly ProposedFix[] {
  const rdatas = [...new Set(wanted)];
  const [rdata] = rdatas;
  const [old] = stale;
  if (rdata === undefined || wanted.length < unmatched.length) return [];
  if (old !== undefined && stale.length === 1 && rdatas.length === 1) {
    const safe = set.certificates.length === 1 && set.usable.length === 1 && isSettled(facts, set, unmatched[0] ?? 0);
    return replaced(facts, old, rdata, safe && !hasSignature(facts, old.record));
  }
  const last = set.records.at(-1) ?? 0;
  const added = rdatas.map((one) => recordBehind(facts, last, typeToText(facts.zone.types[last] ?? 0), one));
  const text = added.map((edit) => edit?.text ?? '').join('');
  const [first] = added;
  if (first === undefined) return [];
  return [{ title: 'add TLSA records for the certificates in use', safe: false, edits: [{ ...first, text }] }];
}

/** Whether it is plain that this certificate is the one in use: somebody said so, and it is valid. */
function isSettled(facts: Facts, { said, records }: ServedSet, certificate: number): boolean {
  const given = facts.certificates[certificate]?.facts;
  if (given === undefined || !said || records.length !== 1) return false;
  return !facts.hasPassed(given.notAfter) && facts.hasPassed(given.notBefore);
}

/** A fix that writes another digest; none when the old one is not plain hexadecimal in the file. */
function replaced(facts: Facts, { record, data }: Usable, rdata: string, safe: boolean): readonly ProposedFix[] {
  const source = facts.source(record, 'data');
  if (!/^[0-9a-f\s]+$/i.test(source) || source.replace(/\s/g, '').toLowerCase() !== hexText(data)) return [];
  const { start, end } = facts.span(record, 'data');
  const digest = rdata.slice(rdata.lastIndexOf(' ') + 1);
  return [{ title: 'write the digest of the certificate in use', safe, edits: [{ start, end, text: digest }] }];
}
