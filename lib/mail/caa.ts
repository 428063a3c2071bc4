/** What the value of a CAA property is: who may issue, where to report, whom to ask, or nothing in use any more. */
export type CaaValueKind = 'issuer' | 'url' | 'contact' | 'reserved';

/** The registered property tags (RFC 8659 §7, RFC 9495, CA/Browser Forum), in small letters. */
export const CAA_TAGS: ReadonlyMap<string, CaaValueKind> = new Map([
  ['issue', 'issuer'],
  ['issuewild', 'issuer'],
  ['issuemail', 'issuer'],
  ['issuevmc', 'issuer'],
  ['iodef', 'url'],
  ['contactemail', 'contact'],
  ['contactphone', 'contact'],
  ['auth', 'reserved'],
  ['path', 'reserved'],
  ['policy', 'reserved'],
]);

/** Parameters of `issue` and its kin that every CA knows (RFC 8657). */
export const CAA_PARAMETERS: readonly string[] = ['accounturi', 'validationmethods'];

/** Methods of validation with a name in the ACME registry (RFC 8555 §9.7.8) or in a draft that mail servers use. */
export const VALIDATION_METHODS: readonly string[] = [
  'http-01',
  'dns-01',
  'tls-alpn-01',
  'tls-sni-01',
  'tls-sni-02',
  'email-reply-00',
  'tkauth-01',
  'onion-csr-01',
  'bp-nodeid-00',
  'dns-account-01',
  'dns-persist-01',
  'client-mx-http-01',
  'server-mx-http-01',
];

/** A parameter `tag=value` of an issue value: octet ranges in the text, the end not included. */
export interface CaaParameter {
  /** As spelled; tags are compared as they are. */
  readonly tag: string;
  readonly value: string;
  readonly tagStart: number;
  readonly tagEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** What breaks the grammar of an issue value (RFC 8659 §4.2). */
export type CaaFault =
  /** The issuer has characters that no domain name has. */
  | 'domain'
  | 'domain-final-dot'
  /** The issuer is a URL. */
  | 'domain-url'
  /** A parameter follows the issuer without a semicolon. */
  | 'missing-semicolon'
  /** A piece between semicolons without `=`. */
  | 'no-equals'
  | 'tag'
  | 'value'
  /** Nothing between two semicolons. */
  | 'empty-parameter'
  /** A semicolon behind the last parameter. */
  | 'final-semicolon';

/** A fault with the octet range it stands at. */
export interface CaaProblem {
  readonly fault: CaaFault;
  readonly start: number;
  readonly end: number;
}

/** The value of `issue`, `issuewild`, `issuemail` or `issuevmc`; with any problem a CA takes it for a refusal of all. */
export interface IssueValue {
  /** The issuer's domain name as spelled; empty when nobody may issue. */
  readonly domain: string;
  readonly domainStart: number;
  readonly domainEnd: number;
  readonly parameters: readonly CaaParameter[];
  readonly problems: readonly CaaProblem[];
}

/** A word of a list with its octet range in the text. */
export interface ListedWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const DOMAIN = /^[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)*$/i;
const TAG = /^[a-z0-9]+(?:-+[a-z0-9]+)*$/i;
const VALUE = /^[\x21-\x3a\x3c-\x7e]*$/;

/** Splits an issue value into issuer and parameters (RFC 8659 §4.2). Never throws, linear. */
export function parseIssueValue(text: string): IssueValue {
  const semicolon = text.indexOf(';');
  const domain = trimmed(text, 0, semicolon < 0 ? text.length : semicolon);
  const problems = [...domainProblems(text, domain)];
  const parameters: CaaParameter[] = [];
  let at = semicolon < 0 ? text.length : semicolon + 1;
  // One semicolon with nothing behind it is part of the grammar.
  const closes = at === text.length || trimmed(text, at, text.length).start === text.length;
  while (!closes && at <= text.length) {
    const next = text.indexOf(';', at);
    const stop = next < 0 ? text.length : next;
    const piece = trimmed(text, at, stop);
    if (piece.start < piece.end) readParameter(text, piece, parameters, problems);
    else if (next < 0) problems.push({ fault: 'final-semicolon', start: at - 1, end: at });
    else problems.push({ fault: 'empty-parameter', start: at - 1, end: stop });
    at = stop + 1;
  }
  return {
    domain: text.slice(domain.start, domain.end),
    domainStart: domain.start,
    domainEnd: domain.end,
    parameters,
    problems,
  };
}

/** The words of a value that is a list with commas, as `validationmethods` has one (RFC 8657 §4). */
export function listOf({ value, valueStart }: CaaParameter): readonly ListedWord[] {
  let start = valueStart;
  return value.split(',').map((word) => {
    const listed = { word, start, end: start + word.length };
    start = listed.end + 1;
    return listed;
  });
}

/** Whether a text is a URI with a scheme and, where the scheme has authorities, a host (RFC 3986 §3). */
export function isAbsoluteUri(text: string): boolean {
  if (!/^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/i.test(text)) return false;
  return !/^https?:/i.test(text) || /^https?:\/\/[^/?#]/i.test(text);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function* domainProblems(text: string, { start, end }: Range): Generator<CaaProblem> {
  const domain = text.slice(start, end);
  if (domain === '' || DOMAIN.test(domain)) return;
  const blank = domain.search(/[ \t]/);
  if (blank > 0 && DOMAIN.test(domain.slice(0, blank)) && domain.indexOf('=', blank) > 0) {
    yield { fault: 'missing-semicolon', start: start + blank, end };
  } else if (/^https?:/i.test(domain)) yield { fault: 'domain-url', start, end };
  else if (domain.endsWith('.') && DOMAIN.test(domain.slice(0, -1))) {
    yield { fault: 'domain-final-dot', start: end - 1, end };
  } else yield { fault: 'domain', start, end };
}

function readParameter(text: string, piece: Range, parameters: CaaParameter[], problems: CaaProblem[]): void {
  const equals = text.indexOf('=', piece.start);
  if (equals < 0 || equals >= piece.end) {
    problems.push({ fault: 'no-equals', ...piece });
    return;
  }
  const tag = trimmed(text, piece.start, equals);
  const value = trimmed(text, equals + 1, piece.end);
  const parameter: CaaParameter = {
    tag: text.slice(tag.start, tag.end),
    value: text.slice(value.start, value.end),
    tagStart: tag.start,
    tagEnd: tag.end,
    valueStart: value.start,
    valueEnd: value.end,
  };
  parameters.push(parameter);
  if (!TAG.test(parameter.tag)) problems.push({ fault: 'tag', start: piece.start, end: equals });
  if (!VALUE.test(parameter.value)) problems.push({ fault: 'value', ...value });
}

/** A range without the blanks around it; empty at its end when there is nothing else. */
function trimmed(text: string, from: number, to: number): Range {
  let start = from;
  while (start < to && isBlank(text.charCodeAt(start))) start++;
  let end = to;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return { start, end };
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
