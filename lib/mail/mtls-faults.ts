import { describePathFault, type PathFault, type PathFaultCode } from '../certs/path-faults.ts';
import { PATH_FAULT_BRIEF, PATH_FAULT_HELP } from './mtls-path-help.ts';

/** What can be wrong besides the path of the certificate. */
export type SessionFaultCode =
  | 'no-tls'
  | 'no-certificate'
  | 'no-names'
  | 'name-not-listed'
  | 'wildcard-only'
  | 'common-name-only'
  | 'other-host'
  | 'null-list'
  | 'no-list'
  | 'list-unknown'
  | 'dane'
  | 'mta-sts';

/** Codes of everything a verdict can hold against a peer. */
export type MtlsFaultCode = SessionFaultCode | PathFaultCode;

/** Which side shows the certificate that is judged: the server to a sender, the client to a receiver. */
export type JudgedRole = 'server' | 'client';

/** One thing that is wrong with a peer; `describeMtlsFault` makes the sentence and `helpForMtlsFault` says what to do. */
export interface MtlsFault {
  readonly code: MtlsFaultCode;
  readonly role: JudgedRole;
  /** The section of the standard that sets the rule. */
  readonly section: string;
  /** Ids of the requirements and ambiguities of the drafts that decide it. */
  readonly requirements: readonly string[];
  readonly args: Readonly<Record<string, string>>;
  /** For faults of the path: the place of the certificate in it, 0 for the leaf. */
  readonly index?: number;
  /** For faults of the path: the certificate, by its subject or else by a name. */
  readonly subject?: string;
}

interface Words {
  readonly section: string;
  readonly requirements: Readonly<Record<JudgedRole, readonly string[]>>;
  readonly found: Readonly<Record<JudgedRole, string>>;
  readonly help: Readonly<Record<JudgedRole, string>>;
  /** A few words for a reply or a field. */
  readonly brief: string;
}

const draft = 'draft-chuang-mutual-tls-email-authentication-00';
const both = (text: string): Words['found'] => ({ server: text, client: text });
const names = {
  server: ['CMX-1.2.3-a', 'CMX-1.2.3-b', 'CMX-1.2.1-i'],
  client: ['CMX-1.2.3-a', 'CMX-1.2.3-e', 'AMB-6'],
};
const reissue: Words['help'] = {
  server: 'issue the certificate for {expected}, or name the host of the certificate in MX of {domain}',
  client: 'issue the certificate for {expected}, or name the host of the certificate in Client MX of {domain}',
};

const WORDS: Readonly<Record<SessionFaultCode, Words>> = {
  'no-tls': {
    brief: 'no TLS',
    section: `${draft} §1.2.1`,
    requirements: { server: ['CMX-1.2.1-g', 'AMB-38'], client: ['CMX-1.2.1-g', 'CMX-1.2.2-a', 'AMB-39'] },
    found: {
      server:
        '{host} offers no TLS, or the handshake failed, so it has proved nothing; expected TLS with a certificate for {expected}',
      client: 'the client sent MAIL without TLS; expected TLS with a client certificate for {expected}',
    },
    help: {
      server:
        'turn on STARTTLS at {host}; when it is on, something between the two hosts takes it out of the EHLO reply',
      client:
        'have the sender use STARTTLS with its client certificate (Postfix: smtp_tls_security_level and smtp_tls_chain_files)',
    },
  },
  'no-certificate': {
    brief: 'no client certificate',
    section: `${draft} §1.2.2`,
    requirements: { server: ['CMX-1.2.2-a'], client: ['CMX-1.2.2-a', 'CMX-1.2.2-k', 'AMB-8', 'AMB-15'] },
    found: {
      server: '{host} showed no certificate; expected one for {expected}',
      client: '{how}; expected a client certificate for {expected}',
    },
    help: {
      server: 'configure a certificate at {host}',
      client:
        'give the sender a client certificate (Postfix: smtp_tls_chain_files; Exim: tls_certificate of the smtp transport), and check that the receiver asks for one (Postfix: smtpd_tls_ask_ccert)',
    },
  },
  'no-names': {
    brief: 'certificate names no host',
    section: `${draft} §1.2.2`,
    requirements: { server: ['CMX-1.2.2-j', ...names.server], client: ['CMX-1.2.2-j', ...names.client] },
    found: both(
      'the certificate names no host: it has no dNSName and no common name that is a host name; expected {expected}',
    ),
    help: both('issue the certificate with {expected} as a dNSName of subjectAltName'),
  },
  'name-not-listed': {
    brief: 'certificate name {found} not in {list}',
    section: `${draft} §1.2.3`,
    requirements: names,
    found: both('the certificate is for {found}; expected {expected} ({list} of {domain}), and no name is equal{hint}'),
    help: reissue,
  },
  'wildcard-only': {
    brief: 'certificate names {covered} by a wildcard only',
    section: `${draft} §1.2.3`,
    requirements: { server: [...names.server, 'AMB-4'], client: [...names.client, 'AMB-4'] },
    found: both(
      'only the wildcard {wildcard} of the certificate covers {covered}, and the draft wants equal names; expected {expected}',
    ),
    help: both(
      'issue the certificate with the full name {expected}; peers that accept wildcards are not to be counted on',
    ),
  },
  'common-name-only': {
    brief: 'certificate names {covered} in a common name only',
    section: 'RFC 9525 §2',
    requirements: { server: ['CMX-1.2.2-j', 'AMB-5'], client: ['CMX-1.2.2-j', 'AMB-5'] },
    found: both('{covered} stands in a common name only, which the policy here does not accept; expected a dNSName'),
    help: both('issue the certificate with {covered} as a dNSName of subjectAltName'),
  },
  'other-host': {
    brief: 'certificate is for {covered}, not for {host}',
    section: 'RFC 9525 §6.1',
    requirements: { server: ['CMX-1.2.3-g', 'AMB-3'], client: ['AMB-3'] },
    found: both(
      'the certificate is for {covered}, which {list} of {domain} names, but the host connected to is {host}; expected {host}',
    ),
    help: both('issue the certificate of {host} with its own name'),
  },
  'null-list': {
    brief: '{domain} has the null MX, so no certificate matches',
    section: `${draft} §1.2.1`,
    requirements: { server: ['AMB-2'], client: ['CMX-1.2.3-e', 'AMB-1', 'AMB-2'] },
    found: {
      server:
        '{domain} has the null MX, which says that it takes no mail, so no certificate can match; expected MX hosts',
      client:
        '{domain} has the null Client MX, which says that it sends no mail, so no certificate can match; expected a Client MX host',
    },
    help: {
      server: 'send no mail to {domain}, or have it publish MX for its hosts',
      client: 'send no mail from {domain}, or have it publish Client MX for the hosts that do',
    },
  },
  'no-list': {
    brief: 'no {list}',
    section: 'RFC 5321 §5.1',
    requirements: { server: ['CMX-1-b', 'CMX-1.2.3-b', 'AMB-10'], client: ['CMX-1-c'] },
    found: both('{domain} has no {list}{why}, so there is no name that a certificate could match'),
    help: both('check the spelling of {domain}, or have it publish {list} for its hosts'),
  },
  'list-unknown': {
    brief: '{list} cannot be looked up',
    section: 'RFC 5321 §5.1',
    requirements: { server: ['CMX-1-b', 'AMB-19'], client: ['CMX-1-c', 'AMB-19'] },
    found: both('{list} of {domain} cannot be looked up ({detail}), so there is no name to compare'),
    help: both('try again later, or ask another DNS server'),
  },
  dane: {
    brief: 'DANE does not hold',
    section: 'RFC 7672 §2.2',
    requirements: { server: ['AMB-21', 'AMB-S16'], client: ['AMB-21'] },
    found: both('DANE does not hold for {host}: {detail}; expected a certificate that its TLSA records name'),
    help: both('publish TLSA records for the certificate in use, keeping the old ones until their TTL has run out'),
  },
  'mta-sts': {
    brief: 'MTA-STS does not hold',
    section: 'RFC 8461 §4.1',
    requirements: { server: ['AMB-21', 'AMB-S16'], client: ['AMB-21'] },
    found: both('the MTA-STS policy of {domain} does not hold for {host}: {detail}'),
    help: both('name the host in the policy, and give it a certificate with that name'),
  },
};

/** Makes a fault with the section and the requirements of its code. */
export function mtlsFault(code: SessionFaultCode, role: JudgedRole, args: MtlsFault['args']): MtlsFault {
  const { section, requirements } = WORDS[code];
  return { code, role, section, requirements: requirements[role], args };
}

/** A fault of the path as a verdict holds it, with what the drafts say about it; `subject` tells which certificate. */
export function mtlsPathFault(fault: PathFault, role: JudgedRole, subject: string): MtlsFault {
  const { code, section, args, index } = fault;
  const then = role === 'server' ? 'CMX-1.2.2-d' : 'CMX-1.2.2-g';
  const requirements = ['CMX-1.2.2-b', then, ...(MORE_REQUIREMENTS[code] ?? [])];
  return { code, role, section, requirements, args, index, ...(subject !== '' && { subject }) };
}

const MORE_REQUIREMENTS: Readonly<Partial<Record<PathFaultCode, readonly string[]>>> = {
  'issuer-missing': ['CMX-1.2.1-h', 'AMB-9'],
  'self-signed': ['CMX-1.2.1-h', 'AMB-9'],
  'extended-key-usage': ['CMX-1.2.2-c', 'AMB-9'],
  'key-usage-role': ['CMX-1.2.2-c'],
};

/** One sentence without a final full stop: what was found, and what was expected. */
export function describeMtlsFault(fault: MtlsFault): string {
  const words = wordsOf(fault);
  if (words !== undefined) return filled(words.found[fault.role], fault.args);
  const { code, section, args, index = 0, subject } = fault;
  return describePathFault({ code: code as PathFaultCode, section, args, index }, subject);
}

/** What whoever runs the peer can do about it; no final full stop. */
export function helpForMtlsFault(fault: MtlsFault): string {
  const words = wordsOf(fault);
  if (words !== undefined) return filled(words.help[fault.role], fault.args);
  return filled(PATH_FAULT_HELP[fault.code as PathFaultCode], { ...fault.args, role: fault.role });
}

/** All faults in a few words, for a reply or an Authentication-Results field. */
export function briefReason(faults: readonly MtlsFault[]): string {
  const told = [...new Set(faults.map(briefOf))];
  const more = told.length > MOST_TOLD ? [`${told.length - MOST_TOLD} more faults`] : [];
  return [...told.slice(0, MOST_TOLD), ...more].join('; ');
}

const MOST_TOLD = 4;

function briefOf(fault: MtlsFault): string {
  const words = wordsOf(fault);
  if (words !== undefined) return filled(words.brief, fault.args);
  const what = PATH_FAULT_BRIEF[fault.code as PathFaultCode];
  return `${fault.index === 0 ? 'certificate' : 'issuer'} ${filled(what, fault.args)}`;
}

function wordsOf({ code }: MtlsFault): Words | undefined {
  return Object.hasOwn(WORDS, code) ? WORDS[code as SessionFaultCode] : undefined;
}

function filled(template: string, args: MtlsFault['args']): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => args[name] ?? '');
}

const MOST_NAMED = 5;

/** `a`, `a or b`, `a, b or 7 more`: some names in a sentence, however many there are. */
export function fewNames(all: readonly string[], last: 'and' | 'or' = 'or'): string {
  const shown = all.slice(0, all.length > MOST_NAMED ? MOST_NAMED - 1 : MOST_NAMED);
  const words = shown.length < all.length ? [...shown, `${all.length - shown.length} more`] : shown;
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
