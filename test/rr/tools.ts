import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A record to ask other software about: the type as they know it and the RDATA text. */
export interface Question {
  readonly type: string;
  readonly text: string;
}

/** What a program made of each question: the wire form in hexadecimal, or undefined when it refuses it. */
export type Answers = readonly (string | undefined)[];

const HEAD = ['$ORIGIN example.net.', '$TTL 3600', '@ SOA ns1 host 1 2 3 4 5', '@ NS ns1', 'ns1 A 192.0.2.1'];

/** Runs a program in a folder that is removed afterwards; undefined when the program is not installed. */
export function run(program: string, args: readonly string[], input = ''): string | undefined {
  const result = spawnSync(program, args, { input, encoding: 'latin1', maxBuffer: 1 << 26 });
  return result.error === undefined ? result.stdout + result.stderr : undefined;
}

/** Version that a program tells, undefined when it is not installed. */
export function version(program: string, args: readonly string[]): string | undefined {
  return run(program, args)?.match(/\d+\.\d+(\.\d+)?/)?.[0];
}

/** Calls `work` with a folder of its own. */
export function inFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'zonewright-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A zone with one record a line, owner v0, v1, … but no second SOA; the line numbers count from 1. */
export function zoneOf(questions: readonly Question[]): { text: string; lineOf: (index: number) => number } {
  const record = ({ type, text }: Question, index: number) => `v${index} ${type} ${text.replaceAll('\n', ' ')}`;
  const lines = questions.map((question, index) => (question.type === 'SOA' ? '' : record(question, index)));
  return { text: `${[...HEAD, ...lines].join('\n')}\n`, lineOf: (index) => HEAD.length + 1 + index };
}

/**
 * Wire forms by named-compilezone: a first run names the lines it refuses, a second one loads the others and writes them
 * in BIND's raw format.
 */
export function askBind(questions: readonly Question[]): Answers | undefined {
  return inFolder((folder) => {
    const zone = join(folder, 'zone');
    const raw = join(folder, 'raw');
    const args = ['-k', 'ignore', '-i', 'none', '-F', 'raw', '-o', raw, 'example.net', zone];
    const { text, lineOf } = zoneOf(questions);
    writeFileSync(zone, text, 'latin1');
    const said = run('named-compilezone', args);
    if (said === undefined) return undefined;
    const refused = refusedLines(said);
    const lines = text.split('\n').map((line, index) => (refused.has(index + 1) ? '' : line));
    writeFileSync(zone, lines.join('\n'), 'latin1');
    const again = run('named-compilezone', args) ?? '';
    if (!again.includes('OK')) throw new Error(`named-compilezone: ${again.slice(0, 500)}`);
    const wires = readRaw(readFileSync(raw));
    return questions.map((_, index) => (refused.has(lineOf(index)) ? undefined : wires.get(`v${index}`)));
  });
}

/** Lines of a zone that named-checkzone calls wrong. */
export function refusedLines(said: string): Set<number> {
  const harmless = /signature has expired|old style DNSSEC|using RFC1035 TTL/;
  const lines = said.split('\n').filter((line) => !harmless.test(line));
  return new Set(lines.flatMap((line) => (/zone:(\d+): /.exec(line)?.[1] ?? '').match(/\d+/g) ?? []).map(Number));
}

/** First RDATA of each owner in a file of BIND's raw format, by the first label. */
function readRaw(raw: Buffer): Map<string, string> {
  const wires = new Map<string, string>();
  let at = 24;
  while (at < raw.length) {
    const end = at + raw.readUInt32BE(at);
    const nameLength = raw.readUInt16BE(at + 18);
    const label = raw.toString('latin1', at + 21, at + 21 + (raw[at + 20] ?? 0));
    const rdataAt = at + 20 + nameLength;
    const length = raw.readUInt16BE(rdataAt);
    wires.set(label, raw.toString('hex', rdataAt + 2, rdataAt + 2 + length));
    at = end;
  }
  return wires;
}

const DNSPYTHON = `
import json, sys
try:
    import dns.name, dns.rdata, dns.rdatatype
except ImportError:
    print('null')
    sys.exit()
origin = dns.name.from_text('example.net.')
answers = []
for question in json.load(sys.stdin):
    try:
        rdtype = dns.rdatatype.from_text(question['type'])
        known = dns.rdata.get_rdata_class(1, rdtype) is not dns.rdata.GenericRdata
        if not known and not question['text'].startswith('\\\\#'):
            raise ValueError('unknown type')
        rdata = dns.rdata.from_text(1, rdtype, question['text'], origin=origin, relativize=False)
        answers.append(rdata.to_wire().hex())
    except Exception:
        answers.append(None)
print(json.dumps(answers))
`;

/** Wire forms by dnspython, with whichever Python has it. */
export function askDnspython(questions: readonly Question[]): Answers | undefined {
  for (const python of ['python3', '/usr/bin/python3']) {
    const said = run(python, ['-c', DNSPYTHON], JSON.stringify(questions));
    const answers: unknown = said?.startsWith('[') ? JSON.parse(said) : undefined;
    if (Array.isArray(answers)) return answers.map((answer) => (typeof answer === 'string' ? answer : undefined));
  }
  return undefined;
}
