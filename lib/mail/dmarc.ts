import { type DmarcUri, dmarcUris } from './dmarc-uri.ts';
import { checkedTags, type TagFault, type TagProtocol, tagProtocol } from './tag-faults.ts';
import type { Tag } from './tag-list.ts';

/** What a domain asks receivers to do with mail that fails (RFC 9989 §4.7). */
export type DmarcPolicy = 'none' | 'quarantine' | 'reject';

/** The policies, the weakest first. */
export const DMARC_POLICIES: readonly DmarcPolicy[] = ['none', 'quarantine', 'reject'];

/** Tags that hold a policy: for the domain, its sub-domains, and names that do not exist. */
export const POLICY_TAGS = ['p', 'sp', 'np'] as const;

/** Tags of RFC 9989 §4.7. */
export const DMARC_TAGS: readonly string[] = ['v', 'p', 'sp', 'np', 'adkim', 'aspf', 'fo', 'psd', 'rua', 'ruf', 't'];

/** Tags that RFC 9989 has and RFC 7489 did not. */
export const NEW_DMARC_TAGS: ReadonlySet<string> = new Set(['np', 'psd', 't']);

/** Tags of RFC 7489 §6.3 that RFC 9989 took out, with the value they had by default. */
export const REMOVED_DMARC_TAGS: ReadonlyMap<string, string> = new Map([
  ['pct', '100'],
  ['rf', 'afrf'],
  ['ri', '86400'],
]);

const PROTOCOL: TagProtocol = tagProtocol(
  [...DMARC_TAGS, ...REMOVED_DMARC_TAGS.keys()],
  ['DMARC1', ...DMARC_POLICIES, 'r', 's', 'y', 'n', 'u', '0', '1', 'd'],
  [],
);

/** Values of the tags that are not policies, alignments or URIs; compared without letter case. */
const VALUES: ReadonlyMap<string, { readonly form: RegExp; readonly expected: string }> = new Map([
  ['fo', { form: /^[01ds](?:\s*:\s*[01ds])*$/i, expected: '0, 1, d, s or several of them with colons between' }],
  ['psd', { form: /^[ynu]$/i, expected: 'y, n or u' }],
  ['t', { form: /^[yn]$/i, expected: 'y or n' }],
]);

/** What is wrong with a DMARC record apart from policies, alignments and URIs. */
export interface DmarcProblem {
  readonly code: TagFault['code'] | 'version-missing' | 'version-not-first' | 'version-wrong' | 'blank-first' | 'value';
  readonly from: number;
  readonly to: number;
  readonly found: string;
  /** What may stand there. */
  readonly expected?: string;
}

/** A DMARC record (RFC 9989 §4.7): a policy, or the consent of a receiver of reports (RFC 9990 §4). */
export interface DmarcRecord {
  readonly tags: readonly Tag[];
  readonly problems: readonly DmarcProblem[];
  /** The text begins with the version, letter by letter: receivers leave out other records (RFC 9989 §4.10). */
  readonly counts: boolean;
  readonly rua: readonly DmarcUri[];
  readonly ruf: readonly DmarcUri[];
}

/** The tag of a record with exactly this name. */
export function dmarcTag(record: Pick<DmarcRecord, 'tags'>, name: string): Tag | undefined {
  return record.tags.find((tag) => tag.name === name);
}

/** The valid policy in a tag; undefined when the tag is absent or says anything else. */
export function policyIn(record: DmarcRecord, name: (typeof POLICY_TAGS)[number]): DmarcPolicy | undefined {
  const value = dmarcTag(record, name)?.value.toLowerCase();
  return DMARC_POLICIES.find((policy) => policy === value);
}

/** The policy in force for the domain itself: without a valid `p` it is `none`, if reports are asked for at all (RFC 9989 §4.7). */
export function policyInForce(record: DmarcRecord): DmarcPolicy | undefined {
  if (!record.counts) return undefined;
  const asksReports = record.rua.some(({ fault }) => fault === undefined);
  return policyIn(record, 'p') ?? (asksReports ? 'none' : undefined);
}

/** Whether a text was meant as a DMARC record. */
export function mayBeDmarc(text: string): boolean {
  return /^[\s"]*(?:v\s*=\s*)?DMARC/i.test(text) || /(?:^|;)[\s"]*v\s*=\s*DMARC/i.test(text);
}

/** Reads the joined strings of a DMARC record. Never throws, linear. */
export function parseDmarc(text: string): DmarcRecord {
  const { tags, faults } = checkedTags(text, PROTOCOL);
  const problems: DmarcProblem[] = [...faults];
  noteVersion(text, tags, problems);
  for (const tag of tags) {
    const allowed = VALUES.get(tag.name);
    if (allowed === undefined || allowed.form.test(tag.value)) continue;
    const { valueStart: from, valueEnd: to, value: found } = tag;
    problems.push({ code: 'value', from: from === to ? tag.nameStart : from, to, found, expected: allowed.expected });
  }
  return {
    tags,
    problems: problems.length > 1 ? problems.sort((a, b) => a.from - b.from) : problems,
    counts: /^v[ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)/.test(text),
    rua: dmarcUris(tags.find(({ name }) => name === 'rua')),
    ruf: dmarcUris(tags.find(({ name }) => name === 'ruf')),
  };
}

/** The version is `DMARC1` letter by letter, and the text begins with it (RFC 9989 §4.8). */
function noteVersion(text: string, tags: readonly Tag[], problems: DmarcProblem[]): void {
  const [first] = tags;
  const version = tags.find(({ name }) => name === 'v') ?? tags.find(({ name }) => name === 'V');
  if (version === undefined) {
    problems.push({ code: 'version-missing', from: 0, to: Math.min(text.length, 1), found: text.slice(0, 20) });
  } else if (version !== first) {
    const { nameStart: from, valueEnd: to } = version;
    problems.push({ code: 'version-not-first', from, to, found: first?.name ?? '' });
  } else if (version.name !== 'v' || version.value !== 'DMARC1') {
    const { nameStart: from, valueEnd: to } = version;
    problems.push({ code: 'version-wrong', from, to, found: text.slice(from, to) });
  } else if (/^\s/.test(text)) {
    problems.push({ code: 'blank-first', from: 0, to: version.nameStart, found: ' ' });
  }
}
