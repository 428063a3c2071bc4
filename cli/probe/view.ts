import { certificateNames } from '../../lib/certs/names.ts';
import type { Observation } from '../../lib/net/probe-observation.ts';
import type { ProbedPlace } from '../../lib/net/probe-place.ts';
import { sayReply, shortened } from '../../lib/net/probe-words.ts';
import { ascii, columnsOf, printable } from '../report/characters.ts';
import { type Look, type Palette, paletteOf } from '../report/look.ts';
import { counted, listed } from '../report/words.ts';
import { type Looked, summaryOf } from './json.ts';
import type { PlannedDomain } from './visits.ts';

const LABEL = 14;

/** What was seen, for people: each place with its facts, then what is as it should be and what is not. */
export function probeView(domains: readonly PlannedDomain[], looked: readonly Looked[], look: Look): string {
  const palette = paletteOf(look);
  const width = Math.min(look.width, 120);
  const lines = [
    ...domains.flatMap((domain) => [...domainLines(domain, width, palette), '']),
    ...looked.flatMap((each) => [...placeLines(each, width, palette), '']),
    summarySentence(looked),
  ];
  const text = `${lines.join('\n')}\n`;
  return look.unicode ? text : ascii(text);
}

function domainLines({ domain, delivers, outcome, optedIn }: PlannedDomain, width: number, palette: Palette): string[] {
  const consent =
    optedIn === undefined
      ? 'whether it publishes Client MX is not known'
      : optedIn
        ? 'it publishes Client MX, so its certificates are validated'
        : 'it publishes no Client MX';
  const mark = delivers ? '' : `${palette.error('error')} `;
  return wrapped(`${palette.strong(printable(domain))}: ${mark}${printable(outcome)}; ${consent}`, width, 4);
}

function placeLines({ place, observations }: Looked, width: number, palette: Palette): string[] {
  const { host, port, wanted, from, domain, companion, result } = place;
  const how = wanted === 'implicit' ? 'Implicit TLS' : 'STARTTLS';
  const via = result.port === port ? '' : `, connected to port ${result.port}`;
  const who =
    from === 'user' ? '' : `, ${companion ? 'behind its SRV record' : `from ${from.toUpperCase()}`} of ${domain}`;
  const facts = factsOf(place).map(([label, text]) =>
    wrapped(`  ${label.padEnd(LABEL)}${printable(text)}`, width, LABEL + 2).join('\n'),
  );
  const seen = observations
    .toSorted((one, other) => ORDER.indexOf(markOf(one)) - ORDER.indexOf(markOf(other)))
    .map((each) => observationLines(each, width, palette));
  return [`${palette.strong(`${host}:${port}`)} (${how}${who}${via})`, ...facts, ...seen.flat()];
}

function factsOf({ result, leaf, path }: ProbedPlace): [label: string, text: string][] {
  const { address, clear, secure, tls, request, versions } = result;
  const rows: [string, string | undefined][] = [
    ['address', address],
    ['banner', (secure.banner ?? clear.banner) && sayReply(secure.banner ?? clear.banner!)],
    ['before TLS', clear.ehlo && keywordsOf(clear.keywords)],
    ['inside TLS', secure.ehlo && keywordsOf(secure.keywords)],
    ['TLS', tls && `${tls.version}, ${tls.cipher}, server name ${tls.sni ?? 'none'}, ALPN ${tls.alpn ?? 'none'}`],
    [
      'versions',
      versions.length === 0 ? undefined : versions.map(({ what, outcome }) => `${what} ${outcome}`).join(', '),
    ],
    ['certificate', leaf && certificateOf(leaf.facts)],
    ['fingerprint', leaf?.facts.fingerprintSha256],
    ['chain', leaf && chainOf(result)],
    ['path', path && (path.valid ? 'valid' : 'not valid')],
    ['client CAs', request.asked === true ? authoritiesOf(request.authorities) : undefined],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== undefined);
}

function keywordsOf(keywords: ProbedPlace['result']['clear']['keywords']): string {
  const words = keywords.map(({ keyword, parameters }) => `${keyword} ${parameters}`.trim());
  return words.length === 0 ? 'no extension' : shortened(words.join(', '));
}

function certificateOf(facts: NonNullable<ProbedPlace['leaf']>['facts']): string {
  const { names } = certificateNames(facts);
  const shown = names.length === 0 ? 'no name' : `${names.slice(0, 4).join(', ')}${names.length > 4 ? ', …' : ''}`;
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  return `${shown}; issued by ${shortened(facts.issuer)}; ${day(facts.notBefore)} to ${day(facts.notAfter)}`;
}

function chainOf({ certificates, asSent }: ProbedPlace['result']): string {
  return `${counted(certificates.length, 'certificate')} ${asSent ? 'sent' : 'linked by issuer'}`;
}

function authoritiesOf(names: readonly string[] | null): string {
  if (names === null) return 'not visible in TLS 1.3';
  if (names.length === 0) return 'any';
  return `${names.slice(0, 3).map(shortened).join('; ')}${names.length > 3 ? `; and ${names.length - 3} more` : ''}`;
}

/** Marks of what was seen, the gravest first. */
const ORDER: readonly string[] = ['error', 'warning', 'info', 'unknown', 'ok'];

function markOf({ state, severity = 'info' }: Observation): string {
  return state === 'fault' ? severity : state === 'holds' ? 'ok' : 'unknown';
}

function observationLines(one: Observation, width: number, palette: Palette): string[] {
  const { state, severity = 'info', rule, message, requirements } = one;
  const mark = markOf(one);
  const paint = state === 'fault' ? palette[severity] : palette.dim;
  const ids = requirements.length === 0 ? '' : ` [${requirements.join(', ')}]`;
  const lines = wrapped(`  ${mark.padEnd(LABEL)}${printable(message)} (${rule})${ids}`, width, LABEL + 2);
  return lines.map((line, index) => (index === 0 ? line.replace(mark, paint(mark)) : line));
}

function summarySentence(looked: readonly Looked[]): string {
  const { places, reached, secured, errors, warnings, infos } = summaryOf(looked);
  const kinds = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(infos > 0 ? [counted(infos, 'info')] : []),
  ];
  const found = kinds.length === 0 ? 'nothing found' : listed(kinds);
  return `${counted(places, 'place')}, ${reached} reached, ${secured} with TLS: ${found}.`;
}

function wrapped(text: string, width: number, indent: number): string[] {
  const lines: string[] = [];
  let line = '';
  // The label of a row keeps the blanks behind it.
  for (const word of text.split(/(?<=\S) (?=\S)/u)) {
    if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(line);
      line = ' '.repeat(indent) + word;
    } else line += (line === '' ? '' : ' ') + word;
  }
  return [...lines, line];
}
