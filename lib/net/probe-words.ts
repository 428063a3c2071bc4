import type { StepTrouble } from './patience.ts';
import type { ProbeFailure, ProbeStep } from './probe-result.ts';
import type { SmtpReply } from './smtp-replies.ts';

const MOST_SHOWN = 120;

/** A reply as one would see it on the line, of several lines the first, cut where it is long. */
export function sayReply({ code, lines }: SmtpReply): string {
  const [first = ''] = lines;
  const more = lines.length > 1 ? ` (and ${lines.length - 1} more)` : '';
  return `'${shortened(`${code} ${first}`.trim())}'${more}`;
}

/** Text from a server, without what could steer a terminal. */
export function shortened(text: string): string {
  const cut = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return cut.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}

/** What each step does, as the end of a sentence such as `no answer came in time when …`. */
export const STEP_WORDS: Readonly<Record<ProbeStep, string>> = {
  connect: 'connecting',
  banner: 'waiting for the banner',
  ehlo: 'saying EHLO',
  starttls: 'saying STARTTLS',
  handshake: 'starting TLS',
  'banner-in-tls': 'waiting for the banner inside TLS',
  'ehlo-in-tls': 'saying EHLO inside TLS',
  'starttls-in-tls': 'saying STARTTLS inside TLS',
  'clear-text': 'looking for clear text',
  versions: 'offering other versions of TLS',
  names: 'sending other server names',
};

const TROUBLES: Readonly<Record<StepTrouble, string>> = {
  refused: 'the connection was refused',
  unreachable: 'the host was not reached',
  timeout: 'no answer came in time',
  'total-timeout': 'the time for the whole host was over',
  closed: 'the server closed the connection',
  reset: 'the server reset the connection',
  garbage: 'what came is no SMTP reply',
  'line-too-long': 'a line without end came',
  'reply-too-long': 'a reply without end came',
  'text-before-tls': 'text stood behind the reply to STARTTLS, which anybody could have put there',
  'not-tls': 'the answer is no TLS',
  'tls-alert': 'the server refused the handshake',
  'tls-failed': 'the handshake failed',
};

/** Why a step failed, such as `no answer came in time while saying EHLO`. */
export function sayFailure({ step, trouble, detail }: ProbeFailure): string {
  const more = detail === '' || trouble === 'timeout' || trouble === 'refused' ? '' : ` (${shortened(detail)})`;
  return `${TROUBLES[trouble]} while ${STEP_WORDS[step]}${more}`;
}
