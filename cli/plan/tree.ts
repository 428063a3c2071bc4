import { DRAFTS } from '../../lib/mail/drafts.ts';
import type { Attempt, DeliveryPlan, PlanStep, ReferenceName, TlsMode, TraceStep } from '../../lib/mail/plan-types.ts';
import { columnsOf, printable } from '../report/characters.ts';
import { type Look, type Palette, paletteOf } from '../report/look.ts';
import { counted, listed } from '../report/words.ts';
import type { PlanContext } from './json.ts';

/** Draws a delivery plan for a terminal: how the way was chosen, each host with what follows it, and what comes of it. */
export function planTree(plan: DeliveryPlan, context: PlanContext, look: Look, withTrace: boolean): string {
  const palette = paletteOf(look);
  const width = Math.min(look.width, 120);
  const { outcome } = plan;
  const verdict =
    outcome.kind === 'deliver'
      ? palette.info('deliver')
      : palette.error(`${outcome.kind} ${outcome.code} ${outcome.enhanced}`);
  const lines = [
    palette.strong(plan.domain),
    ...decisions(plan).flatMap((sentence) => paragraph(sentence, '  ', width)),
    ...plan.steps.flatMap((step, index) => stepLines(step, index, plan.steps.length, look, width, palette)),
    '',
    ...paragraph(outcome.sentence, `${verdict}: `, width, `${outcome.kind}: `.length),
    ...facts(plan, context).flatMap(([label, text]) =>
      paragraph(text, palette.strong(label.padEnd(LABEL)), width, LABEL),
    ),
    ...(withTrace
      ? ['', palette.strong('Trace'), ...plan.trace.flatMap((step, at) => traceLines(step, at, width, palette))]
      : []),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

const LABEL = 12;

/** The sentences that tell which way mail goes: what came of SRV, of MX where it was asked for, and which hosts are not tried. */
function decisions({ trace, route }: DeliveryPlan): string[] {
  const asked = trace.filter(({ question, leftOut }) => question !== undefined || leftOut !== undefined);
  const told = route === 'literal' ? trace.slice(0, 1) : asked;
  return told.map(({ sentence }) => sentence);
}

function stepLines(
  step: PlanStep,
  index: number,
  count: number,
  look: Look,
  width: number,
  palette: Palette,
): string[] {
  const last = index === count - 1;
  const [branch, stem] = look.unicode
    ? [last ? '└─ ' : '├─ ', last ? '   ' : '│  ']
    : [last ? '`- ' : '|- ', last ? '   ' : '|  '];
  const rank =
    step.from === 'srv' ? `priority ${step.preference}, weight ${step.weight ?? 0}` : `preference ${step.preference}`;
  const ranked = step.from === 'mx' || step.from === 'srv';
  const head = `${index + 1}. ${printable(step.host)} port ${step.port}`;
  const tail = `, ${TLS[step.tls]}`;
  const fits = columnsOf(`${branch}${head}${tail} (${rank})`) <= width;
  const about = ranked && !fits ? [['rank', rank] as [string, string], ...stepFacts(step)] : stepFacts(step);
  const below = about.flatMap(([label, text]) =>
    paragraph(text, `${stem}   ${palette.strong(label.padEnd(LABEL))}`, width, stem.length + 3 + LABEL, stem),
  );
  return [`${branch}${palette.strong(head)}${tail}${ranked && fits ? palette.dim(` (${rank})`) : ''}`, ...below];
}

const TLS: Readonly<Record<TlsMode, string>> = {
  implicit: 'TLS from the first octet on',
  'starttls-required': 'STARTTLS required',
  opportunistic: 'STARTTLS where it is offered',
};

function stepFacts(step: PlanStep): [label: string, text: string][] {
  const { addresses, addressState, fallback, names, foreign, oddPort, port } = step;
  const nameless = step.from === 'literal' ? 'any: nothing tells which' : nameList(names);
  return [
    [
      'addresses',
      addressState === 'unknown' ? 'unknown: the host lies in none of the zones given' : addresses.join(', '),
    ],
    ['names', nameless],
    ...tlsa(step),
    ...(step.raisedBy === undefined ? [] : [['policy', 'DANE makes TLS required (RFC 7672)'] as [string, string]]),
    ...(oddPort
      ? [['caution', `port ${port} has another use; port ${DRAFTS.implicitTlsPort} is expected`] as [string, string]]
      : []),
    ...(foreign
      ? [
          ['caution', `lies outside the domain, and DNSSEC does not protect the record that names it`] as [
            string,
            string,
          ],
        ]
      : []),
    ...(fallback === undefined
      ? []
      : [
          [
            'if it fails',
            `port ${fallback.port} of ${fallback.host}, ${TLS[fallback.tls]}; if that fails too, DNS is not trusted and the mail waits`,
          ] as [string, string],
          ...tlsa(fallback),
        ]),
  ];
}

function tlsa({ tlsa: found }: Attempt): [label: string, text: string][] {
  return found === undefined ? [] : [['TLSA', `${counted(found.records, 'record')} at ${found.name}`]];
}

const MOST_NAMES = 8;

/** Any one of the names will do; those that rest on DNS without DNSSEC are marked. */
function nameList(names: readonly ReferenceName[]): string {
  const words = names.slice(0, MOST_NAMES).map(({ kind, name, insecure }) => {
    const shown = kind === 'srv-id' ? `${name} (SRV-ID)` : name;
    return insecure ? `${shown} (by insecure DNS)` : shown;
  });
  const more = names.length - MOST_NAMES;
  return listed(more > 0 ? [...words, `${more} more`] : words, 'or');
}

function facts(plan: DeliveryPlan, { source, seed }: PlanContext): [label: string, text: string][] {
  const { security, optIn, negative, steps } = plan;
  const optInWords =
    optIn === true
      ? 'published: a server without TLS, or with a certificate that fails, gets no mail'
      : 'not published';
  return [
    ['DNS', `${security === 'secure' ? 'protected by DNSSEC' : 'not protected by DNSSEC'}; from ${source}`],
    ...(optIn === undefined ? [] : [['Client MX', optInWords] as [string, string]]),
    ...negative.map(({ name, seconds }): [string, string] => [
      'Remembered',
      `that ${name} has no SRV record, for ${counted(seconds, 'second')}`,
    ]),
    ...(steps.length > 1 || (steps[0]?.addresses.length ?? 0) > 1
      ? [['Order', `equal hosts and addresses are drawn with seed ${seed}; --seed N draws again`] as [string, string]]
      : []),
  ];
}

function traceLines({ sentence, requirements }: TraceStep, at: number, width: number, palette: Palette): string[] {
  const ids = requirements.length === 0 ? [] : [`     ${palette.dim(requirements.join(' '))}`];
  return [...paragraph(sentence, `${String(at + 1).padStart(3)}. `, width), ...ids];
}

/** A text in lines of a width, the first behind `start`, whose own columns may differ from its length for its colours. */
function paragraph(
  text: string,
  start: string,
  width: number,
  columns: number = columnsOf(start),
  stem = '',
): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(' ')) {
    if (line !== '' && columns + columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(line);
      line = '';
    }
    line += (line === '' ? '' : ' ') + word;
  }
  return [...lines, line].map((each, index) => (index === 0 ? start : stem.padEnd(columns)) + each);
}
