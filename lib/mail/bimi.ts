import { parseTagList, type Tag } from './tag-list.ts';

/** What is wrong with a BIMI record (draft-brand-indicators-for-message-identification §4.2). */
export type BimiFault =
  /** `v=BIMI1` is spelled another way, or is not the first tag. */
  | 'version'
  /** A piece between semicolons that is no tag. */
  | 'no-tag'
  | 'duplicate'
  | 'location-missing'
  /** No https: URL with a host. */
  | 'location'
  /** An https: URL that does not end as an SVG file does. */
  | 'location-format'
  | 'evidence';

/** A fault with the octet range it stands at. */
export interface BimiProblem {
  readonly fault: BimiFault;
  readonly start: number;
  readonly end: number;
  /** The text in question. */
  readonly found: string;
}

/** A BIMI assertion record. */
export interface BimiRecord {
  /** Where the indicator is; undefined without the tag, an empty value declines. */
  readonly location: Tag | undefined;
  /** Where the evidence (a mark certificate) is. */
  readonly evidence: Tag | undefined;
  /** The domain says that it takes no part: both locations are empty (§4.2.1). */
  readonly declines: boolean;
  readonly problems: readonly BimiProblem[];
}

/** Whether a text begins as a BIMI record does, spelled rightly or nearly. */
export function isBimi(text: string): boolean {
  return /^[ \t]*v[ \t]*=[ \t]*bimi[ \t]*\d*[ \t]*(?:;|$)/i.test(text);
}

/** Takes a BIMI record apart. Never throws, linear. */
export function parseBimi(text: string): BimiRecord {
  const { tags, broken } = parseTagList(text);
  const problems: BimiProblem[] = broken.map(({ start, end, text: found }) => ({ fault: 'no-tag', start, end, found }));
  const [version] = tags;
  if (version === undefined || version.name !== 'v' || version.value !== 'BIMI1') {
    const { start, end } = version === undefined ? { start: 0, end: text.length } : tagRange(version);
    problems.push({ fault: 'version', start, end, found: text.slice(start, end) });
  }
  const seen = new Set<string>();
  for (const tag of tags) {
    if (seen.has(tag.name)) problems.push({ fault: 'duplicate', ...tagRange(tag), found: tag.name });
    seen.add(tag.name);
  }
  const location = tags.find(({ name }) => name === 'l');
  const evidence = tags.find(({ name }) => name === 'a');
  if (location === undefined) problems.push({ fault: 'location-missing', start: 0, end: text.length, found: '' });
  else problems.push(...locationProblems(location));
  if (evidence !== undefined && evidence.value !== '' && !isHttps(evidence.value)) {
    problems.push({ fault: 'evidence', ...valueRange(evidence), found: evidence.value });
  }
  const declines = location?.value === '' && (evidence === undefined || evidence.value === '');
  return { location, evidence, declines, problems };
}

function* locationProblems(tag: Tag): Generator<BimiProblem> {
  if (tag.value === '') return;
  if (!isHttps(tag.value)) yield { fault: 'location', ...valueRange(tag), found: tag.value };
  else if (!/\.svgz?(?:[?#]|$)/i.test(tag.value)) {
    yield { fault: 'location-format', ...valueRange(tag), found: tag.value };
  }
}

/** Whether a text is one https: URL; a comma would begin a second one in older versions of the draft. */
function isHttps(text: string): boolean {
  return /^https:\/\/[a-z0-9[][^\s,]*$/i.test(text);
}

function tagRange({ nameStart, valueEnd }: Tag): { start: number; end: number } {
  return { start: nameStart, end: valueEnd };
}

function valueRange({ valueStart, valueEnd }: Tag): { start: number; end: number } {
  return { start: valueStart, end: valueEnd };
}
