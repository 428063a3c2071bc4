import { ROOT } from '../../rr/name.ts';
import { NOTES } from '../../rr/problem.ts';
import { sayProblem } from '../../rr/say.ts';
import type { ResourceRecord } from '../../wire/message.ts';
import { readZone } from '../../zone/read.ts';
import { type FaultProblems, shownValue } from './problems.ts';

/** A record whose owner may be the name of the question. */
export interface GivenRecord {
  readonly record: ResourceRecord;
  readonly atQuestion: boolean;
}

/** Records that a fault gives in zone file form, one in each text; what is wrong with them is told. */
export function readRecords(path: string, texts: unknown, problems: FaultProblems): GivenRecord[] {
  if (typeof texts === 'string') problems.say(path, `is text, expected a list of records: [${shownValue(texts)}]`);
  const given = typeof texts === 'string' ? [] : (problems.each(path, texts, (at, text) => ({ at, text })) ?? []);
  return given.flatMap(({ at, text }) => readRecord(at, text, problems) ?? []);
}

function readRecord(path: string, text: string, problems: FaultProblems): GivenRecord | undefined {
  const line = text.trimEnd();
  const bare = line.replaceAll(/"(?:\\.|[^"\\])*"/gsu, '""');
  if (/\s@(?=\s|$)/u.test(bare))
    return problems.say(path, 'has @ among its data; it stands for the name of the question only as owner');
  const bytes = new TextEncoder().encode(`$TTL 3600\n${line}\n`);
  const zone = readZone({ name: '', bytes, origin: ROOT });
  const problem = zone.problems.find(({ code }) => !NOTES.has(code));
  if (problem !== undefined) return problems.say(path, `is ${shownValue(line)}: ${sayProblem(problem)}`);
  const isOne = zone.count === 1 && zone.directives.length === 1;
  if (!isOne)
    return problems.say(path, `is ${shownValue(line)}, expected one record such as www.example.net. A 192.0.2.1`);
  const record: ResourceRecord = {
    name: zone.ownerOf(0).slice(),
    type: zone.types[0] as number,
    class: zone.classes[0] as number,
    ttl: zone.ttls[0] as number,
    rdata: zone.rdataOf(0).slice(),
  };
  return { record, atQuestion: /^@\s/u.test(line) };
}

/** The records for a question. */
export function recordsFor(given: readonly GivenRecord[], name: Uint8Array): ResourceRecord[] {
  return given.map(({ record, atQuestion }) => (atQuestion ? { ...record, name } : record));
}
