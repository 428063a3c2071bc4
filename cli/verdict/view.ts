import { ascii, columnsOf, printable } from '../report/characters.ts';
import { type Look, type Paint, type Palette, paletteOf } from '../report/look.ts';
import { listed } from '../report/words.ts';
import type { Judged, JudgedFault, JudgedWarning } from './judged.ts';

const LABEL = 11;
const WIDEST = 110;

/** By what a verdict was made, as far as it is shown. */
export interface JudgedBy {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** As the user wrote it. */
  readonly trust: string;
}

/** A verdict for people: the result, everything that is wrong with what to do, what was compared, and what comes next. */
export function verdictText(judged: Judged, look: Look, by: JudgedBy): string {
  const palette = paletteOf(look);
  const width = Math.min(look.width, WIDEST);
  const lines = [
    ...headline(judged, width, palette),
    ...judged.faults.flatMap((fault) => ['', ...problem('error', fault, judged, width, palette)]),
    ...judged.warnings.flatMap((warning) => ['', ...problem('warning', warning, judged, width, palette)]),
    '',
    ...part('Compared', comparedLines(judged), width, palette),
    ...part('Path', pathLines(judged, by), width, palette),
    ...part('DMARC', dmarcLines(judged), width, palette),
    ...part('Next', [judged.next], width, palette),
    ...headerLines(judged, palette),
  ];
  const text = `${lines.join('\n')}\n`;
  return look.unicode ? text : ascii(text.replaceAll('←', '<-'));
}

function headline(
  { role, result, good, summary, certificate, domain, identity, host }: Judged,
  width: number,
  palette: Palette,
): string[] {
  const paint: Paint = good
    ? palette.info
    : result === 'none' || result === 'continue'
      ? palette.warning
      : palette.error;
  const word = result === 'pass' || result === 'verified' ? result : result.toUpperCase();
  const shown =
    certificate.position > 1 ? `${certificate.file} (certificate ${certificate.position})` : certificate.file;
  const from = identity === 'helo' ? `<>, EHLO ${domain}` : (domain ?? '<>');
  const whose = role === 'client' ? `mail from ${from}` : `mail to ${domain} at ${host}`;
  return [
    `${paint(`${role === 'client' ? 'mtls ' : ''}${word}`)}  ${palette.strong(printable(shown))} for ${printable(whose)}`,
    ...wrapped(summary, width, '', ''),
  ];
}

/** What is wrong, what to do, and where it is written; without an opt-in nothing is enforced, so it is a warning only. */
function problem(
  level: 'error' | 'warning',
  told: JudgedFault | JudgedWarning,
  { result }: Judged,
  width: number,
  palette: Palette,
): string[] {
  const lenient = result === 'none' || result === 'continue';
  const shown = lenient ? 'warning' : level;
  const space = ' '.repeat(LABEL);
  const section = 'section' in told ? `${told.section} ` : '';
  const lint = told.rules.length === 0 ? '' : `; lint: ${told.rules.join(', ')}`;
  return [
    ...wrapped(told.message, width, palette[shown](shown.padEnd(LABEL)), space),
    ...wrapped(`To do: ${told.help}.`, width, space, space),
    ...wrapped(`${section}(${told.requirements.join(', ')})${lint}`, width, space, space).map(palette.dim),
  ];
}

function comparedLines({ compared, certificate, domain }: Judged): string[] {
  if (compared.allowed.length === 0) return [];
  const shown = some(compared.certificate.length > 0 ? compared.certificate : certificate.names);
  const lines = [`certificate: ${shown || 'no name'}`];
  if (compared.unusable.length > 0) lines.push(`no host names, left out: ${some(compared.unusable)}`);
  for (const { list, hosts } of compared.allowed) lines.push(`${list} of ${domain}: ${some(hosts) || 'no host'}`);
  const { hit } = compared;
  lines.push(hit === undefined ? 'no name is equal' : `equal: ${hit.host} (${hit.by}, ${hit.list})`);
  return lines;
}

const MOST_SHOWN = 20;

function some(names: readonly string[]): string {
  const more = names.length - MOST_SHOWN;
  return more > 0 ? `${names.slice(0, MOST_SHOWN).join(', ')} and ${more} more` : names.join(', ');
}

function pathLines({ path, faults }: Judged, { now, trust }: JudgedBy): string[] {
  const lines = path.certificates.map(({ subject, notAfter }, index) => {
    const days = Math.floor((Date.parse(notAfter) - now) / 86_400_000);
    const left = Number.isNaN(days) ? '' : days < 0 ? ', expired' : `, ${days} ${days === 1 ? 'day' : 'days'} left`;
    return `${index === 0 ? '' : '← '}${subject.slice(0, 120)} (until ${notAfter.slice(0, 10)}${left})`;
  });
  if (path.valid) return [...lines, `valid, to a trust anchor of --trust ${trust}`];
  const nowhere = faults.some(({ code }) => code === 'issuer-missing' || code === 'self-signed');
  return [...lines, nowhere ? `not valid: it leads to no trust anchor of --trust ${trust}` : 'not valid'];
}

function dmarcLines({ dmarc }: Judged): string[] {
  if (dmarc === undefined) return [];
  const { result, by, without, aligned, alignment, policy, policyDomain, testing } = dmarc;
  const because = by.length > 0 ? ` by ${listed(by)}` : '';
  const unknown = result === 'temperror' ? 'the DMARC record is not known' : 'no DMARC record';
  const asked =
    policy === undefined ? unknown : `policy ${policy} of ${policyDomain}${testing ? ', in test mode' : ''}`;
  return [
    `${result}${because}; without mtls ${without} (SPF and DKIM are not looked at)`,
    `MAIL FROM and From are ${aligned ? '' : 'not '}aligned (${alignment}); ${asked}`,
  ];
}

function headerLines({ header, reply }: Judged, palette: Palette): string[] {
  if (header === undefined) return reply === undefined ? [] : ['', palette.strong('Reply'), `  ${printable(reply)}`];
  return ['', palette.strong('Header'), ...header.split('\r\n').map((line) => `  ${printable(line)}`)];
}

function part(label: string, texts: readonly string[], width: number, palette: Palette): string[] {
  const space = ' '.repeat(LABEL);
  return texts.flatMap((text, index) =>
    wrapped(text, width, index === 0 ? palette.strong(label.padEnd(LABEL)) : space, space),
  );
}

/** Breaks a text at blanks; the first line begins with `first`, which may hold colours, the others with `rest`. */
function wrapped(text: string, width: number, first: string, rest: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(' ')) {
    if (line !== '' && rest.length + columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(line);
      line = '';
    }
    line += (line === '' ? '' : ' ') + word;
  }
  return [...lines, line].map((one, index) => (index === 0 ? first : rest) + one);
}
