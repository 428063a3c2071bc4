import { type DkimPublicKey, decodeDkimKey } from './dkim-key.ts';
import { checkedTags, type TagFault, type TagProtocol, tagProtocol } from './tag-faults.ts';
import type { Tag } from './tag-list.ts';

/** Tags of a DKIM key record (RFC 6376 §3.6.1). */
export const DKIM_TAGS: readonly string[] = ['v', 'h', 'k', 'n', 'p', 's', 't'];

/** The tag of older key records that RFC 6376 took out (RFC 4871 §3.6.1). */
export const OBSOLETE_DKIM_TAG = 'g';

const PROTOCOL: TagProtocol = tagProtocol(
  [...DKIM_TAGS, OBSOLETE_DKIM_TAG],
  ['DKIM1', 'rsa', 'ed25519', 'sha256', 'sha1', 'email', 'y', 's'],
  ['n'],
);

/** Service types a key may be limited to (RFC 6376 §3.6.1, RFC 8460 §7). */
const SERVICES: ReadonlySet<string> = new Set(['*', 'email', 'tlsrpt']);

/** Hash algorithms (RFC 6376 §3.6.1, RFC 8301). */
const HASHES: ReadonlySet<string> = new Set(['sha1', 'sha256']);

/** A word of a value such as `sha1:sha256`, with its octets in the text. */
export interface DkimWord {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** What is wrong with a key record apart from its key. */
export interface DkimProblem {
  readonly code:
    | TagFault['code']
    | 'version-wrong'
    | 'version-not-first'
    | 'key-missing'
    | 'services-unknown'
    | 'hashes-unknown';
  readonly from: number;
  readonly to: number;
  readonly found: string;
}

/** A DKIM key record (RFC 6376 §3.6.1). */
export interface DkimRecord {
  readonly tags: readonly Tag[];
  readonly problems: readonly DkimProblem[];
  /** In lower case, `rsa` without a `k` tag. */
  readonly keyType: string;
  readonly key: Tag | undefined;
  /** Undefined without a `p` tag. */
  readonly publicKey: DkimPublicKey | undefined;
  /** Empty without the tag, which means any. */
  readonly hashes: readonly DkimWord[];
  readonly services: readonly DkimWord[];
  readonly flags: readonly DkimWord[];
}

/** The tag of a record with exactly this name. */
export function dkimTag(record: Pick<DkimRecord, 'tags'>, name: string): Tag | undefined {
  return record.tags.find((tag) => tag.name === name);
}

/** Whether a text was meant as a DKIM key record: it names the version, or has a key behind tags of DKIM. */
export function mayBeDkim(text: string): boolean {
  return (
    /^[\s"]*v\s*=\s*dkim\d?/i.test(text) || /^[\s"]*(?:[ghknst]\s*=[^;]*;\s*)*p\s*=\s*MI[A-Za-z0-9+/]{2}/.test(text)
  );
}

/** Reads the joined strings of a DKIM key record. Never throws, linear. */
export function parseDkim(text: string): DkimRecord {
  const { tags, faults } = checkedTags(text, PROTOCOL);
  const problems: DkimProblem[] = [...faults];
  const find = (name: string): Tag | undefined => tags.find((tag) => tag.name === name);
  noteVersion(tags, find('v'), problems);
  const key = find('p');
  if (key === undefined) problems.push({ code: 'key-missing', from: 0, to: text.length, found: '' });
  const keyType = find('k')?.value.toLowerCase() ?? 'rsa';
  const hashes = wordsOf(find('h'));
  const services = wordsOf(find('s'));
  noteUnknown('hashes-unknown', hashes, HASHES, find('h'), problems);
  noteUnknown('services-unknown', services, SERVICES, find('s'), problems);
  return {
    tags,
    problems: problems.sort((a, b) => a.from - b.from),
    keyType,
    key,
    publicKey: key === undefined ? undefined : decodeDkimKey(key.value, keyType),
    hashes,
    services,
    flags: wordsOf(find('t')),
  };
}

/** The version is `DKIM1` letter by letter, and the first tag (RFC 6376 §3.6.1). */
function noteVersion(tags: readonly Tag[], version: Tag | undefined, problems: DkimProblem[]): void {
  if (version === undefined) return;
  const { value, valueStart, valueEnd, nameStart } = version;
  if (value !== 'DKIM1') problems.push({ code: 'version-wrong', from: valueStart, to: valueEnd, found: value });
  else if (tags[0] !== version) {
    problems.push({ code: 'version-not-first', from: nameStart, to: valueEnd, found: tags[0]?.name ?? '' });
  }
}

/** Unknown words are ignored; a list of nothing else leaves the key without use. */
function noteUnknown(
  code: 'hashes-unknown' | 'services-unknown',
  words: readonly DkimWord[],
  known: ReadonlySet<string>,
  tag: Tag | undefined,
  problems: DkimProblem[],
): void {
  if (tag === undefined || words.some(({ text }) => known.has(text.toLowerCase()))) return;
  problems.push({ code, from: tag.nameStart, to: tag.valueEnd, found: tag.value });
}

/** The words between the colons of a value, blanks around left out. */
function wordsOf(tag: Tag | undefined): readonly DkimWord[] {
  if (tag === undefined) return [];
  const words: DkimWord[] = [];
  let at = tag.valueStart;
  for (const piece of tag.value.split(':')) {
    const text = piece.trim();
    const from = at + piece.indexOf(text);
    if (text !== '') words.push({ text, from, to: from + text.length });
    at += piece.length + 1;
  }
  return words;
}
