import type { Edit } from '../../../text/edits.ts';
import { fileLabel } from '../../common-certificates.ts';
import { removal } from '../../common-edits.ts';
import { bare, counted, listed } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { isMatched, type ServedSet, servedSets, type Usable } from './served.ts';

const NOW = '0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3';
const NEXT = 'ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9';
const OLD = '5c0d5ee9ed98a5cd4ab8b2ac5ed9d4d0f8a6a4f5d1b2b40c3d2a6c5a0f1e2d3c';

/** TLSA records that no certificate in use needs any more (RFC 7671 §8). */
export const rule: Rule = {
  id: 'tlsa-stale',
  group: 'dane',
  level: 'warning',
  cites: ['RFC 7671 §8.1'],
  what: 'TLSA records match no certificate that the host shows, and are more than a change of keys needs.',
  why: 'Whoever holds a retired key can still pass for the server, and nobody sees any more which records count.',
  help: 'Remove the records of retired certificates.',
  fix: 'unsafe',
  options: {
    next: { what: 'Records for a key to come that each certificate in use may have', default: 1, least: 0, most: 16 },
  },
  bad: {
    zone: `@ MX 10 mx1
_25._tcp.mx1 TLSA 3 1 1 ${NOW}
_25._tcp.mx1 TLSA 3 1 1 ${NEXT} ; expect
_25._tcp.mx1 TLSA 3 1 1 ${OLD}
mx1 A 192.0.2.10
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], facts: { spkiSha256: NOW } }],
  },
  good: {
    zone: `@ MX 10 mx1
_25._tcp.mx1 TLSA 3 1 1 ${NOW}
_25._tcp.mx1 TLSA 3 1 1 ${NEXT}
mx1 A 192.0.2.10
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], facts: { spkiSha256: NOW } }],
  },
  say: ({ owner, files, file, count, most }) =>
    file !== ''
      ? `this TLSA record of ${owner} matches ${file} only, which has expired and is followed by ${files}; expected it to be gone`
      : `${counted(Number(count), 'TLSA record')} of ${owner} ${count === 1 ? 'does' : 'do'} not match what is in use there (${files}); expected at most ${most}, for keys to come`,
  needs: 'certificates',
  check(facts, report, settings) {
    for (const set of servedSets(facts)) {
      const own = set.usable.filter(({ usage }) => usage === 1 || usage === 3);
      const spare = own.filter((usable) => !set.certificates.some((one) => isMatched(facts, usable, one)));
      if (spare.length === 0 || !isServed(facts, set)) continue;
      const files = listed(set.certificates.map((one) => fileLabel(facts, one)));
      const retired = spare.filter((usable) => set.retired.some((one) => isMatched(facts, usable, one)));
      for (const usable of retired) {
        const file = set.retired.find((one) => isMatched(facts, usable, one)) ?? 0;
        report.record(usable.record, 'data', {
          args: { owner: bare(facts.ownerText(usable.record)), files, file: fileLabel(facts, file), count: 1, most: 0 },
          fixes: removed(facts, [usable]),
        });
      }
      const most = settings.number('next') * set.certificates.length;
      const unknown = spare.filter((usable) => !retired.includes(usable));
      const surplus = forms(unknown).filter((group) => group.length > most);
      for (const [first, ...more] of surplus) {
        if (first === undefined) continue;
        report.record(first.record, 'data', {
          args: { owner: bare(facts.ownerText(first.record)), files, file: '', count: more.length + 1, most },
          related: more.slice(0, 5).map(({ record }) => ({ record, part: 'data', message: 'nor does this match' })),
          fixes: removed(facts, [first, ...more]),
        });
      }
    }
  },
};

/** Whether every certificate in use has a record that stays: otherwise it is tlsa-cert-mismatch, which may need these. */
function isServed(facts: Facts, { certificates, usable }: ServedSet): boolean {
  return certificates.every((one) => usable.some((each) => isMatched(facts, each, one)));
}

/** Records of one form together: a key to come may be there in each. */
function forms(usables: readonly Usable[]): readonly (readonly Usable[])[] {
  const groups = new Map<string, Usable[]>();
  for (const usable of usables) {
    const key = `${usable.usage} ${usable.selector} ${usable.matching}`;
    groups.set(key, [...(groups.get(key) ?? []), usable]);
  }
  return [...groups.values()];
}

function removed(facts: Facts, usables: readonly Usable[]): readonly ProposedFix[] {
  const edits = usables.map(({ record }) => removal(facts, record)).filter((edit): edit is Edit => edit !== undefined);
  if (edits.length < usables.length) return [];
  return [{ title: usables.length === 1 ? 'remove it' : `remove all ${usables.length}`, safe: false, edits }];
}
