import { parseSts } from '../../../mail/mta-sts.ts';
import { parsePolicy } from '../../../mail/mta-sts-policy.ts';
import { findName } from '../../common-certificates.ts';
import { textFix } from '../../common-fixes.ts';
import type { Facts, PolicyFile } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { effective, policyTexts } from './texts.ts';

const POLICY = 'version: STSv1\nmode: enforce\nmx: mx1.example.net\nmax_age: 604800\n';
const WHOLE = `$ORIGIN example.net.
$TTL 3600
@ SOA ns1 hostmaster 2026112001 7200 3600 1209600 3600
@ NS ns1
@ NS ns2.example.org.
ns1 A 192.0.2.1
mta-sts A 192.0.2.20
`;
const WHOLE_BEFORE = WHOLE.replace('2026112001', '2026110101');

/** The policy is another one and the id is the same (RFC 8461 §3.1). */
export const rule: Rule = {
  id: 'mtasts-id-not-changed',
  group: 'mta-sts',
  level: 'error',
  cites: ['RFC 8461 §3.1', 'RFC 8461 §3.3'],
  what: 'The MTA-STS policy has changed, but not the id of the record at _mta-sts.',
  why: 'Senders look at the id to learn that they must fetch the policy again; they go on with the old one until its max_age has passed.',
  help: 'Write a new id, such as the date and time.',
  fix: 'safe',
  bad: {
    whole: true,
    zone: `${WHOLE}_mta-sts TXT "v=STSv1; id=20261101000000" ; expect\n`,
    before: `${WHOLE_BEFORE}_mta-sts TXT "v=STSv1; id=20261101000000"\n`,
    policies: [{ domain: 'example.net', text: POLICY.replace('mx1', 'mx2') }],
    policiesBefore: [{ domain: 'example.net', text: POLICY }],
  },
  good: {
    whole: true,
    zone: `${WHOLE}_mta-sts TXT "v=STSv1; id=20261121000000"\n`,
    before: `${WHOLE_BEFORE}_mta-sts TXT "v=STSv1; id=20261101000000"\n`,
    policies: [{ domain: 'example.net', text: POLICY.replace('mx1', 'mx2') }],
    policiesBefore: [{ domain: 'example.net', text: POLICY }],
  },
  say: ({ domain, id }) => `the MTA-STS policy of ${domain} has changed while the id is still ${id}; expected a new id`,
  check(facts, report) {
    const { before } = facts;
    if (before === undefined) return;
    for (const given of facts.policies) {
      const old = before.policies.find(({ domain }) => domain === given.domain);
      if (old === undefined || meaningOf(old) === meaningOf(given)) continue;
      const record = recordOf(facts, given.domain);
      const oldRecord = recordOf(before, given.domain);
      const { id } = record < 0 ? { id: undefined } : parseSts(facts.text(record));
      if (id === undefined || oldRecord < 0 || parseSts(before.text(oldRecord)).id?.value !== id.value) continue;
      const next = idFor(facts.now, id.value);
      report.text(record, id.start, id.end, {
        args: { domain: given.domain, id: id.value },
        related: [{ place: { file: given.file, span: firstLine(given) }, message: 'the policy that has changed' }],
        fixes: textFix(facts, record, { from: id.start, to: id.end }, next, { title: `write ${next}`, safe: true }),
      });
    }
  },
};

/** What a policy says, whatever its blanks, its line ends and the order of its lines. */
function meaningOf({ file }: PolicyFile): string {
  const { lines } = parsePolicy(file.bytes);
  return lines
    .map(({ key, value }) => `${key}:${key === 'mx' ? value.toLowerCase() : value}`)
    .sort()
    .join('\n');
}

function recordOf(facts: Facts, domain: string): number {
  const name = findName(facts, domain);
  const texts = policyTexts(facts).sts.find((one) => one.domain === name);
  return texts === undefined ? -1 : effective(facts, texts, 'sts');
}

/** The moment as yyyymmddhhmmss in UTC; one second more when that is the id already. */
function idFor(now: number, old: string): string {
  const text = (time: number): string => new Date(time).toISOString().slice(0, 19).replace(/\D/g, '');
  return text(now) === old ? text(now + 1000) : text(now);
}

function firstLine({ file }: PolicyFile): { start: number; end: number } {
  const newline = file.bytes.indexOf(0x0a);
  return { start: 0, end: newline < 0 ? file.bytes.length : newline };
}
