import { answer } from '../../../lib/server/answer.ts';
import type { Exchange, ServerOptions } from '../../../lib/server/exchange.ts';
import type { Fault, FaultAction } from '../../../lib/server/faults/fault.ts';
import { type Faulted, FaultSet, type FaultWorld } from '../../../lib/server/faults/fault-set.ts';
import type { ServedZones } from '../../../lib/server/served-zones.ts';
import { extendedErrors } from '../../../lib/wire/extended-errors.ts';
import type { Message } from '../../../lib/wire/message.ts';
import { asked, exchange, messageOf, octets, served, shown } from '../dialogue.ts';

/** A zone with something of everything that faults are about. */
export const ZONES: ServedZones = served({
  'example.net.': `$TTL 3600
@ SOA ns1 hostmaster 7 7200 1800 1209600 600
@ NS ns1
@ MX 10 mx
@ TYPE265 \\# 18 000a026d78076578616d706c65036e657400
ns1 A 192.0.2.1
mx A 192.0.2.2
mx AAAA 2001:db8::2
www A 192.0.2.80
www A 192.0.2.81
_smtp-tls._tcp SRV 0 0 842 mx
alias CNAME www
sub NS ns.sub
ns.sub A 192.0.2.53
`,
});

/** A set with faults that have nothing wrong with them; time stands still unless a clock is given. */
export function faultSet(faults: readonly Fault[], { now = () => 0, seed = 1 }: Partial<FaultWorld> = {}): FaultSet {
  const set = new FaultSet({ now, seed });
  for (const fault of faults) {
    const problems = set.add(fault);
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
  }
  return set;
}

/** What faults make of the answer to a query in words (see `asked`); undefined when none acts. */
export function faulted(set: FaultSet, words: string, more: Partial<Exchange> = {}): Faulted | undefined {
  const { message, transport } = asked(words);
  return faultedMessage(set, message, { ...exchange(transport), ...more });
}

/** The same for a message. */
export function faultedMessage(
  set: FaultSet,
  message: Message,
  at: Exchange = exchange(),
  zones: ServedZones = ZONES,
): Faulted | undefined {
  const bytes = octets(message);
  const result = set.apply(bytes, answer(bytes, zones, at, OPTIONS), at, zones);
  if (result instanceof Promise) throw new Error('a fault in code has to be waited for');
  return result;
}

/** Options that are the same object each time. */
export const OPTIONS: ServerOptions = { cookieSecrets: [new Uint8Array(16)] };

/** What one action makes of an answer. */
export function acted(action: FaultAction, words: string, more: Partial<Exchange> = {}): Faulted | undefined {
  return faulted(faultSet([{ id: 'f', action }]), words, more);
}

/** The lines of a reply with one action done. */
export function actedLines(action: FaultAction, words: string): string[] {
  return shown(messageOf(acted(action, words)?.bytes));
}

/** Texts of the extended errors of a reply. */
export function errorsOf(result: Faulted | undefined): string[] {
  return extendedErrors(messageOf(result?.bytes)).map(({ code, text }) => `${code} ${text}`);
}
