import { isWritten } from '../../common-edits.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { soaOf, soaZone } from './soa.ts';

/** A mail address instead of a domain name as the SOA's mailbox. */
export const rule: Rule = {
  id: 'core-soa-rname-at-sign',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 1035 §3.3.13', 'RFC 1035 §8'],
  what: 'The mailbox of the SOA is written with an @.',
  why: 'The field is a domain name whose first label is the part before the @. Knot DNS refuses the zone, and other servers serve a mailbox that nobody can write to.',
  help: 'Write a dot instead of the @, and a backslash before dots that stood in front of it.',
  bad: soaZone('ns.example.com. host@example.net. 2026112101 7200 3600 1209600 3600', 'expect'),
  good: soaZone('ns.example.com. host.example.net. 2026112101 7200 3600 1209600 3600'),
  fix: 'safe',
  load: true,
  say: ({ found, expected }) => `the mailbox ${found} is a mail address; as a domain name it is ${expected}`,
  check(facts, report) {
    const soa = soaOf(facts);
    if (soa === undefined || !soa.rname.includes(0x40) || !isWritten(facts, soa.record)) return;
    const found = facts.source(soa.record, 'rname');
    const parts = /^([^@]*[^@\\])@([^@]+)$/.exec(found);
    if (!/(^|[^\\])@./.test(found)) return;
    const expected = parts === null ? 'host.example.net.' : asName(parts[1] ?? '', parts[2] ?? '');
    const fixes = parts === null ? [] : [fix(facts, soa.record, expected)];
    report.record(soa.record, 'rname', { args: { found: bare(found), expected }, fixes });
  },
};

/** The mailbox as a domain name: dots before the @ escaped, a domain of several labels made absolute. */
function asName(local: string, domain: string): string {
  const absolute = domain.includes('.') && !domain.endsWith('.') ? `${domain}.` : domain;
  return `${local.replace(/(?<!\\)\./g, '\\.')}.${absolute}`;
}

function fix(facts: Facts, record: number, text: string): ProposedFix {
  const span = facts.span(record, 'rname');
  return { title: `write the mailbox as ${text}`, safe: true, edits: [{ ...span, text }] };
}
