import type { Args } from '../text/diagnostic.ts';

/** Why changes cannot be made. */
export type ChangeProblemCode =
  | 'no-file'
  | 'no-such-record'
  | 'no-such-rrset'
  | 'no-such-place'
  | 'no-soa'
  | 'generated'
  | 'shared-file'
  | 'read-only-file'
  | 'conflict'
  | 'outside-zone'
  | 'bad-name'
  | 'bad-ttl'
  | 'bad-rdata'
  | 'bad-serial'
  | 'bad-text'
  | 'text-directive'
  | 'not-a-comment'
  | 'not-utf8'
  | 'zone-class'
  | 'broken-entry';

/** The reason why changes cannot be made; `change` is the index of the one that met it, -1 when none alone did. */
export interface ChangeProblem {
  readonly code: ChangeProblemCode;
  readonly args: Args;
  readonly change: number;
}

const SENTENCES: Readonly<Record<ChangeProblemCode, (arg: (name: string) => string) => string>> = {
  'no-file': () => 'the zone was not read from a file, so there is nothing to edit',
  'no-such-record': (arg) => `there is no record with the number ${arg('record')}`,
  'no-such-rrset': (arg) => `there is no ${arg('type')} record at ${arg('owner')}`,
  'no-such-place': (arg) => `there is no such place in the zone: ${arg('what')}`,
  'no-soa': () => 'the zone has no SOA record at its name, so it has no serial to raise',
  generated: (arg) =>
    `the ${arg('type')} record of ${arg('owner')} is made by $GENERATE; edit that line, or write the records out`,
  'shared-file': (arg) => `${arg('file')} is included more than once, so an edit of it would change the zone twice`,
  'read-only-file': (arg) => `${arg('file')} may not be edited`,
  conflict: (arg) => `two changes want different things of ${arg('what')}`,
  'outside-zone': (arg) => `${arg('owner')} does not lie in the zone ${arg('zone')}`,
  'bad-name': (arg) => `${arg('what')} is no domain name`,
  'bad-ttl': (arg) => `a TTL is a whole number from 0 to 2147483647 (RFC 2181 §8), not ${arg('ttl')}`,
  'bad-rdata': (arg) => `the data of the ${arg('type')} record is malformed: ${arg('what')}`,
  'bad-serial': (arg) => `the serial cannot be raised: ${arg('what')}`,
  'bad-text': (arg) => `the text cannot be inserted: ${arg('what')}`,
  'text-directive': (arg) => `the text has ${arg('found')}, which cannot be inserted here; ${arg('hint')}`,
  'not-a-comment': (arg) => `there is no commented record to take back: ${arg('what')}`,
  'not-utf8': (arg) => `the record of ${arg('owner')} has octets that are no UTF-8, so it cannot be moved`,
  'zone-class': () => 'the first record of the zone names another class, so the record before it has to stay the first',
  'broken-entry': (arg) => `the change would alter how a broken entry of ${arg('file')} is read; mend that first`,
};

/** The sentence of a problem: what stands against the change and what to do. */
export function sayChangeProblem({ code, args }: Pick<ChangeProblem, 'code' | 'args'>): string {
  return SENTENCES[code]((name) => String(args[name] ?? ''));
}
