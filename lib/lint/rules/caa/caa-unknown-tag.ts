import { CAA_TAGS } from '../../../mail/caa.ts';
import { TYPE } from '../../../rr/types.ts';
import { nearest } from '../../../text/nearest.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { properties } from './shared.ts';

/** Tags that somebody can have meant. */
const IN_USE: readonly string[] = [...CAA_TAGS].filter(([, kind]) => kind !== 'reserved').map(([tag]) => tag);

/** Bit that forbids a CA to go on when it does not know the tag (RFC 8659 §4.1). */
const CRITICAL = 128;

/** A CAA property has a tag that no CA looks for (RFC 8659 §7). */
export const rule: Rule = {
  id: 'caa-unknown-tag',
  group: 'caa',
  level: 'warning',
  cites: ['RFC 8659 §4.1', 'RFC 8659 §7.2'],
  what: 'A CAA record has a tag that is not registered.',
  why: 'CAs skip the record, so that a restriction it was meant to make does not hold.',
  help: 'Write a registered tag, such as issue, issuewild or iodef.',
  fix: 'unsafe',
  bad: { zone: '@ CAA 0 isue "ca.example.org" ; expect\n' },
  good: { zone: '@ CAA 0 issue "ca.example.org"\n' },
  say: ({ owner, tag, meant, reserved }) =>
    reserved === 1
      ? `CAA record of ${owner} has the tag ${tag}, which is reserved and not in use; expected ${meant}`
      : `CAA record of ${owner} has the unregistered tag ${tag}; expected ${meant}`,
  needs: [TYPE.CAA],
  check(facts, report) {
    for (const { record, tag, flags } of properties(facts)) {
      const kind = CAA_TAGS.get(tag);
      // With the critical flag the fault is another one: nothing is issued at all.
      if ((kind !== undefined && kind !== 'reserved') || (flags & CRITICAL) !== 0) continue;
      const meant = kind === 'reserved' ? undefined : nearest(tag, IN_USE);
      const args = {
        owner: bare(facts.ownerText(record)),
        tag,
        meant: meant ?? 'one such as issue, issuewild or iodef',
        reserved: kind === 'reserved' ? 1 : 0,
      };
      report.record(record, 'tag', { args, fixes: meant === undefined ? [] : tagFix(facts, record, tag, meant) });
    }
  },
};

function tagFix(facts: Facts, record: number, tag: string, meant: string): readonly ProposedFix[] {
  if (facts.source(record, 'tag').toLowerCase() !== tag) return [];
  return [{ title: `write ${meant}`, safe: false, edits: [{ ...facts.span(record, 'tag'), text: meant }] }];
}
