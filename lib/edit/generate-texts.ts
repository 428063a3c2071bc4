import { isIP } from 'node:net';
import { parseBimi } from '../mail/bimi.ts';
import { isAbsoluteUri, parseIssueValue } from '../mail/caa.ts';
import { parseDkim } from '../mail/dkim.ts';
import { decodeDkimKey } from '../mail/dkim-key.ts';
import { parseDmarc } from '../mail/dmarc.ts';
import { parsePolicy } from '../mail/mta-sts-policy.ts';
import { parseSpf } from '../mail/spf.ts';
import { parseTlsReport } from '../mail/tls-report.ts';
import { TYPE } from '../rr/types.ts';
import { nearest } from '../text/nearest.ts';
import { bareText, nameOf, shown } from './generate-names.ts';
import { addAlias, type DomainReading } from './generate-reading.ts';
import { isMap, itemsAt, memberAt, membersAt, numberAt, type Placed, textAt } from './generate-values.ts';
import { caaRdata, textRdata } from './generate-wire.ts';

/** SPF (RFC 7208): from the hosts that send, from settings, or as it is. */
export function readSpf(reading: DomainReading): void {
  const at = reading.setting('spf');
  const text = at === undefined ? undefined : spfText(at, reading);
  if (at === undefined || text === undefined) return;
  const record = parseSpf(text);
  const problem = record?.problems.find(({ fault }) => fault !== 'no-effect' && fault !== 'odd-name');
  const comment = `Who may send mail for ${bareText(reading.domain)}.`;
  if (record !== undefined && problem === undefined) addText(reading, at, comment, '', text);
  else {
    const found = problem === undefined ? shown(text) : shown(text.slice(problem.start, problem.end));
    reading.names.complain(at, `is no SPF record: ${found} has no place there`);
  }
}

const ALL: ReadonlyMap<string, string> = new Map([
  ['fail', '-all'],
  ['softfail', '~all'],
  ['neutral', '?all'],
]);

function spfText(at: Placed, { names, sends, receives }: DomainReading): string | undefined {
  const word = textAt(at);
  if (word !== undefined && /^v=spf1(?: |$)/i.test(word)) return word;
  if (word !== undefined && word !== 'fail' && word !== 'softfail') {
    const guess = nearest(word, ['fail', 'softfail']);
    const hint = guess === undefined ? '' : `; did you mean ${guess}?`;
    return names.complain(at, `is ${shown(word)}, expected fail, softfail, or a record that begins with v=spf1${hint}`);
  }
  const hostsAt = memberAt(at, 'hosts');
  const listed = itemsAt(hostsAt).flatMap((each) => names.host(each) ?? []);
  const usesSenders = hostsAt === undefined && sends !== undefined && sends !== 'none';
  const hosts = usesSenders ? sends.map(({ host }) => host) : listed;
  const others = isMap(at.value) && ['addresses', 'include', 'mx'].some((name) => memberAt(at, name) !== undefined);
  const noneSends = sends === 'none' || (sends === undefined && receives === 'none');
  if (hosts.length === 0 && !others && !noneSends && hostsAt === undefined && sends === undefined)
    return names.complain(at, 'allows the hosts in "sends", and there are none; name them, or say sends: none');
  const networks = itemsAt(memberAt(at, 'addresses')).flatMap((each) => {
    const text = textAt(each) ?? '';
    const family = isIP(text.replace(/\/\d{1,3}$/, ''));
    if (family !== 0) return [`ip${family}:${text}`];
    return names.complain(each, `is ${shown(text)}, expected an address or a network such as 192.0.2.0/24`) ?? [];
  });
  const include = itemsAt(memberAt(at, 'include')).flatMap((each) => {
    const text = textAt(each) ?? '';
    const name = nameOf(text.replace(/^include:/, ''));
    return typeof name === 'string' ? (names.complain(each, name) ?? []) : [`include:${bareText(name)}`];
  });
  const mx = memberAt(at, 'mx')?.value === true ? ['mx'] : [];
  const all = ALL.get(word ?? textAt(memberAt(at, 'all')) ?? 'fail') ?? '-all';
  return ['v=spf1', ...mx, ...hosts.map((host) => `a:${bareText(host)}`), ...networks, ...include, all].join(' ');
}

/** DKIM keys (RFC 6376 §3.6.1, RFC 8463). */
export function readDkim(reading: DomainReading): void {
  const { names, draft, domain } = reading;
  const at = reading.setting('dkim');
  if (at === undefined) return;
  const comment = `Keys of the DKIM signatures of ${bareText(domain)}.`;
  for (const each of membersAt(at)) {
    if (
      !/^[a-z\d](?:[a-z\d_-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d_-]*[a-z\d])?)*$/i.test(each.name) ||
      each.name.length > 200
    ) {
      names.complain(each, 'has a selector that is no name of letters, digits and hyphens');
      continue;
    }
    const ways = ['key', 'keyFile', 'record', 'revoked', 'cname'].filter((name) => memberAt(each, name) !== undefined);
    if (ways.length > 1) names.complain(each, `has ${ways.join(' and ')}, of which one is enough`);
    const cname = memberAt(each, 'cname');
    const target = cname && names.name(cname);
    const owner = names.below(each, `${each.name.toLowerCase()}._domainkey`, domain);
    if (owner === undefined) continue;
    if (target !== undefined) draft.add(each, comment, owner, TYPE.CNAME, target);
    const text = cname === undefined ? dkimText(each, reading) : undefined;
    if (text !== undefined) draft.add(each, comment, owner, TYPE.TXT, textRdata(text));
  }
}

function dkimText(at: Placed, { names, files }: DomainReading): string | undefined {
  if (memberAt(at, 'revoked') !== undefined) return 'v=DKIM1; p=';
  const file = memberAt(at, 'keyFile');
  const place = file ?? memberAt(at, 'key') ?? memberAt(at, 'record') ?? at;
  const given = textAt(place);
  if (given === undefined) return undefined;
  const read = file === undefined ? given : files.dkim(given);
  if (typeof read !== 'string') return names.complain(place, `is ${given}: ${read.problem}`);
  const isRecord = /[;=]\s*\S/.test(read.replace(/=+\s*$/, ''));
  const text = isRecord ? read.trim() : keyRecord(read.replace(/\s+/g, ''));
  const testing = memberAt(at, 'testing')?.value === true;
  const record = text === undefined || !testing ? text : text.replace(/; p=/, '; t=y; p=');
  const fault = record === undefined ? 'the key is neither RSA nor Ed25519 in base64' : dkimFault(record);
  return fault === undefined ? record : names.complain(place, `cannot be published: ${fault}`);
}

/** The record of a bare key: an Ed25519 key is 32 octets, which nothing else is. */
function keyRecord(key: string): string | undefined {
  const small = decodeDkimKey(key, 'ed25519');
  if (small.kind === 'ed25519') return `v=DKIM1; k=ed25519; p=${key}`;
  if (small.kind === 'wrong-length' && small.raw !== undefined) return `v=DKIM1; k=ed25519; p=${small.raw}`;
  const large = decodeDkimKey(key, 'rsa');
  return large.kind === 'rsa' || large.kind === 'private' ? `v=DKIM1; k=rsa; p=${key}` : undefined;
}

function dkimFault(record: string): string | undefined {
  if (!isPlain(record)) return 'it has characters beyond ASCII';
  const { problems, publicKey } = parseDkim(record);
  switch (publicKey?.kind) {
    case undefined:
      return 'it has no key (p=)';
    case 'private':
      return 'this is the private key; publish its public half (openssl pkey -in FILE -pubout)';
    case 'rsa':
    case 'ed25519':
    case 'revoked':
      return problems[0] === undefined ? undefined : `${shown(problems[0].found)} has no place in a DKIM record`;
    default:
      return 'its key is neither RSA nor Ed25519 in base64';
  }
}

/** DMARC (RFC 9989 §4.7). */
export function readDmarc(reading: DomainReading): void {
  const { names, domain } = reading;
  const at = reading.setting('dmarc');
  const text = at === undefined ? undefined : dmarcText(at, reading);
  if (at === undefined || text === undefined) return;
  const record = parseDmarc(text);
  const wrong = [...record.rua, ...record.ruf].find(({ fault }) => fault !== undefined);
  const fault = record.problems[0]?.found ?? wrong?.text;
  if (!record.counts || fault !== undefined || !isPlain(text))
    names.complain(at, `is no DMARC record${fault === undefined ? '' : `: ${shown(fault)} has no place there`}`);
  else addText(reading, at, `What receivers do with mail that is not from ${bareText(domain)}.`, '_dmarc', text);
}

function dmarcText(at: Placed, reading: DomainReading): string | undefined {
  const word = textAt(at);
  if (word !== undefined && /^v=DMARC1/i.test(word)) return word;
  const policy = word ?? textAt(memberAt(at, 'policy'));
  const policies = ['none', 'quarantine', 'reject'];
  if (policy === undefined) return undefined;
  if (!policies.includes(policy)) {
    const guess = nearest(policy, policies);
    const hint = guess === undefined ? '' : `; did you mean ${guess}?`;
    const expected = 'expected none, quarantine, reject, or a record that begins with v=DMARC1';
    return reading.names.complain(at, `is ${shown(policy)}, ${expected}${hint}`);
  }
  const tag = (name: string, value: string | undefined): string => (value ? `; ${name}=${value}` : '');
  const alignment = (name: string): string | undefined => (textAt(memberAt(at, name)) === 'strict' ? 's' : undefined);
  const [rua, ruf] = ['reports', 'failureReports'].map((name) => reportUris(memberAt(at, name), reading, false));
  return [
    `v=DMARC1; p=${policy}`,
    tag('sp', textAt(memberAt(at, 'subdomains'))),
    tag('np', textAt(memberAt(at, 'nonexistent'))),
    tag('adkim', alignment('dkimAlignment')),
    tag('aspf', alignment('spfAlignment')),
    tag('rua', rua),
    tag('ruf', ruf),
    memberAt(at, 'testing')?.value === true ? '; t=y' : '',
  ].join('');
}

/** Addresses as the URIs of `rua` and `ruf`. */
function reportUris(at: Placed | undefined, { names }: DomainReading, takesHttps: boolean): string {
  const uris = itemsAt(at).flatMap((each) => {
    const text = textAt(each);
    if (text === undefined) return [];
    if (takesHttps && /^https:\/\/[!-~]+$/i.test(text) && !/[,;!]/.test(text)) return [text];
    const [, local = '', domain = ''] = /^(?:mailto:)?([!-~]+)@([^@\s]+)$/iu.exec(text) ?? [];
    const name = domain === '' ? '' : nameOf(domain);
    if (name instanceof Uint8Array && local !== '' && !/[\s,;!"<>\\@]/.test(local))
      return [`mailto:${local}@${bareText(name)}`];
    const forms = takesHttps ? 'a mail address or an https: URI' : 'a mail address';
    return names.complain(each, `is ${shown(text)}, expected ${forms} such as reports@example.net`) ?? [];
  });
  return uris.join(',');
}

/** BIMI. */
export function readBimi(reading: DomainReading): void {
  const at = reading.setting('bimi');
  if (at === undefined) return;
  const location = textAt(memberAt(at, 'location')) ?? textAt(at);
  if (location === undefined) return;
  const evidence = textAt(memberAt(at, 'evidence'));
  const [l, a] = location === 'declined' ? ['', ''] : [location, evidence];
  const text = `v=BIMI1; l=${l};${a === undefined ? '' : ` a=${a};`}`;
  const fault = /[\s;,]/.test(`${l}${a ?? ''}`) || !isPlain(text) ? 'location' : parseBimi(text).problems[0]?.fault;
  const comment = `The indicator that mail programs may show beside mail from ${bareText(reading.domain)}.`;
  const selector = (textAt(memberAt(at, 'selector')) ?? 'default').toLowerCase();
  if (fault === undefined) addText(reading, at, comment, `${selector}._bimi`, text);
  else {
    const wrong = fault === 'evidence' ? (evidence ?? '') : location;
    const expected = 'expected an address such as https://www.example.net/logo.svg, or declined';
    reading.names.complain(at, `is ${shown(wrong)}, ${expected}`);
  }
}

/** MTA-STS (RFC 8461): the record, the alias of the web server, and the policy. */
export function readMtaSts(reading: DomainReading): void {
  const { names, domain, policies } = reading;
  const at = reading.setting('mtaSts');
  const mode = textAt(memberAt(at ?? { value: undefined, path: '' }, 'mode')) ?? textAt(at);
  if (at === undefined || mode === undefined || !['enforce', 'testing', 'none'].includes(mode)) return;
  const name = bareText(domain);
  const policy = policyText(at, mode, reading);
  if (policy === undefined) return;
  policies.push({ domain: name, text: policy });
  const id = textAt(memberAt(at, 'id')) ?? fingerprint(policy);
  const comment = `The TLS policy of ${name}, which stands at https://mta-sts.${name}/.well-known/mta-sts.txt.`;
  addText(reading, at, comment, '_mta-sts', `v=STSv1; id=${id}`);
  const host = memberAt(at, 'host');
  const own = names.below(at, 'mta-sts', domain);
  if (host !== undefined) addAlias(reading, host, 'mta-sts', comment);
  else if (own !== undefined)
    names.needHost(
      at,
      own,
      `needs the web server mta-sts.${name}: write it among the hosts, or name another with "host"`,
    );
}

function policyText(at: Placed, mode: string, { names, receives, setting }: DomainReading): string | undefined {
  const own = memberAt(at, 'mx');
  const patterns = itemsAt(own).flatMap((each) => {
    const text = textAt(each) ?? '';
    const name = text.startsWith('*.') ? nameOf(text.slice(2)) : names.hostName(each, text);
    if (typeof name === 'string') return names.complain(each, name) ?? [];
    return name === undefined ? [] : [`${text.startsWith('*.') ? '*.' : ''}${bareText(name)}`];
  });
  const hosts = own === undefined && receives !== undefined && receives !== 'none' ? receives : [];
  const mx = own === undefined ? [...new Set(hosts.map(({ host }) => bareText(host)))] : patterns;
  if (mx.length === 0 && mode !== 'none') {
    // What keeps the hosts from being known has been told already.
    if (own === undefined && (receives === 'none' || setting('receives') === undefined))
      names.complain(at, 'names the hosts in "receives", and there are none; name them, or leave it out');
    return undefined;
  }
  const maxAge = numberAt(memberAt(at, 'maxAge')) ?? 604_800;
  const lines = ['version: STSv1', `mode: ${mode}`, ...mx.map((each) => `mx: ${each}`), `max_age: ${maxAge}`];
  const text = lines.map((line) => `${line}\n`).join('');
  const fault = parsePolicy(new TextEncoder().encode(text)).problems[0];
  return fault === undefined ? text : names.complain(at, `gives a policy with a fault in ${fault.key || 'a line'}`);
}

/** 64 bits by which a text is told from an older one (FNV-1a); nobody has to be kept from making another text with the same. */
function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const octet of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(octet)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}

/** TLS reports (RFC 8460 §3). */
export function readTlsReports(reading: DomainReading): void {
  const at = reading.setting('tlsReports');
  const uris = at === undefined ? '' : reportUris(at, reading, true);
  if (at === undefined || uris === '') return;
  const text = `v=TLSRPTv1; rua=${uris}`;
  const problem = parseTlsReport(text).problems[0];
  if (problem === undefined)
    addText(reading, at, `Where senders report how TLS to ${bareText(reading.domain)} went.`, '_smtp._tls', text);
  else reading.names.complain(at, `has ${shown(text.slice(problem.start, problem.end))}, which is no URI for reports`);
}

/** CAA (RFC 8659 §4). */
export function readCaa(reading: DomainReading): void {
  const { names, draft, domain } = reading;
  const at = reading.setting('caa');
  if (at === undefined) return;
  const tags = isMap(at.value) ? membersAt(at) : [{ ...at, name: 'issue' }];
  const comment = `Which certificate authorities may issue for ${bareText(domain)}.`;
  for (const tag of tags) {
    for (const each of itemsAt(tag)) {
      const text = textAt(each);
      const value = text === undefined ? undefined : caaValue(tag.name, text);
      if (value !== undefined) draft.add(each, comment, domain, TYPE.CAA, caaRdata(tag.name, value));
      else if (text !== undefined) {
        const expected = tag.name.startsWith('issue')
          ? 'a domain such as ca.example.org, or none'
          : 'a mail address or URI';
        names.complain(each, `is ${shown(text)}, expected ${expected}`);
      }
    }
  }
}

function caaValue(tag: string, text: string): string | undefined {
  if (!isPlain(text)) return undefined;
  if (tag.startsWith('issue')) {
    if (text === 'none') return ';';
    const { domain, problems } = parseIssueValue(text);
    return problems.length === 0 && domain !== '' ? text : undefined;
  }
  if (tag !== 'iodef') return text.trim() === '' ? undefined : text;
  const uri = /^[^\s@:/]+@[^\s@]+$/.test(text) ? `mailto:${text}` : text;
  return isAbsoluteUri(uri) && /^(?:mailto|https?):/i.test(uri) ? uri : undefined;
}

function addText(
  { names, draft, domain }: DomainReading,
  at: Placed,
  comment: string,
  labels: string,
  text: string,
): void {
  const owner = labels === '' ? domain : names.below(at, labels, domain);
  if (!isPlain(text)) names.complain(at, 'has characters that may not stand in such a record');
  else if (owner !== undefined) draft.add(at, comment, owner, TYPE.TXT, textRdata(text));
}

function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
