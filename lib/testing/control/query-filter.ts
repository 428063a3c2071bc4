import { equalNames, isWithin } from '../../rr/name.ts';
import { typeToText } from '../../rr/types.ts';
import type { QueryHistory } from '../../server/history.ts';
import type { QueryRecord } from '../../server/query-record.ts';
import { absoluteName, rcodeNumber, typeNumber } from './names.ts';
import { sentRcode } from './query-json.ts';
import type { Call, Parameter } from './route.ts';

/** Parameters that say which queries are meant. */
export const FILTER_PARAMETERS: readonly Parameter[] = [
  { name: 'name', description: 'the name that was asked, letter case aside', schema: { type: 'string' } },
  { name: 'suffix', description: 'the name that was asked or one above it', schema: { type: 'string' } },
  { name: 'type', description: 'such as MX, CLIENTMX or TYPE265', schema: { type: 'string' } },
  {
    name: 'rcode',
    description: 'response code that was sent, or none where nothing was',
    schema: { type: 'string' },
  },
  { name: 'fault', description: 'id of a fault that acted', schema: { type: 'string' } },
  {
    name: 'transport',
    description: 'how it came',
    schema: { type: 'string', enum: ['udp', 'tcp', 'tls', 'https'] },
  },
  {
    name: 'since',
    description: 'only queries behind the one of this number',
    schema: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
  },
];

type Test = (record: QueryRecord) => boolean;

/** Which queries are meant. Throws ControlError. */
export class QueryFilter {
  /** What was asked for, in words. */
  readonly words: string;
  private readonly tests: readonly Test[];

  constructor({ query }: Pick<Call, 'query'>) {
    const tests: Test[] = [];
    const words: string[] = [];
    const given = <Value>(name: string, read: (text: string) => Value, test: (value: Value) => Test): void => {
      const value = query[name];
      if (value === undefined) return;
      tests.push(test(read(String(value))));
      words.push(`${name} ${value}`);
    };
    given(
      'name',
      absoluteName,
      (name) =>
        ({ summary: { question } }) =>
          !!question && equalNames(question.name, name),
    );
    given(
      'suffix',
      absoluteName,
      (name) =>
        ({ summary: { question } }) =>
          !!question && isWithin(question.name, name),
    );
    given(
      'type',
      typeNumber,
      (type) =>
        ({ summary: { question } }) =>
          question?.type === type,
    );
    given('rcode', rcodeOrNone, (rcode) => (record) => sentRcode(record) === rcode);
    given(
      'fault',
      String,
      (fault) =>
        ({ faults }) =>
          faults.includes(fault),
    );
    given(
      'transport',
      String,
      (transport) =>
        ({ exchange }) =>
          exchange.transport === transport,
    );
    given(
      'since',
      Number,
      (since) =>
        ({ number }) =>
          number > since,
    );
    this.tests = tests;
    this.words = words.join(', ');
  }

  fits(record: QueryRecord): boolean {
    return this.tests.every((test) => test(record));
  }

  /** The queries that are remembered and meant, the oldest first. */
  among(history: QueryHistory): QueryRecord[] {
    return history.list().filter((record) => this.fits(record));
  }
}

function rcodeOrNone(text: string): number | undefined {
  return text.toLowerCase() === 'none' ? undefined : rcodeNumber(text);
}

/** The questions of some queries in a few words, for those who look for another one. */
export function askedInstead(records: readonly QueryRecord[], name: (wire: Uint8Array) => string): string {
  const questions = new Set(
    records.flatMap(({ summary: { question } }) =>
      question === undefined ? [] : [`${name(question.name)} ${typeToText(question.type)}`],
    ),
  );
  const shown = [...questions].slice(-5);
  if (shown.length === 0) return 'nothing was asked';
  return `asked ${shown.length < questions.size ? 'lately' : ''} was ${shown.join(', ')}`.replace('  ', ' ');
}
