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

/** A zone with one record a line, owner v0, v1, … but no second SOA. */
function zoneOf(questions: readonly Question[]): string {
  const record = ({ type, text }: Question, index: number) => `v${index} ${type} ${text.replaceAll('\n', ' ')}`;
  const lines = questions.map((question, index) =>
    /^(SOA|TYPE6)$/.test(question.type) ? '' : record(question, index),
  );
  return `${[...HEAD, ...lines].join('\n')}\n`;
}

/**
 * Wire forms by named-compilezone: a first run names the lines it refuses, a second one loads the others and writes them
 * in BIND's raw format.
 */
export function askBind(questions: readonly Question[]): Answers | undefined {
  return compile(questions, 'raw', (file) => {
    const wires = readRaw(file);
    return questions.map((_, index) => wires.get(`v${index}`));
  });
}

/** RDATA texts that named-compilezone writes. */
export function bindTexts(questions: readonly Question[]): Answers | undefined {
  return compile(questions, 'text', (file) => writtenTexts(file.toString('latin1'), questions.length));
}

/** Runs named-compilezone without the lines it refuses and reads what it wrote. */
function compile<Result>(
  questions: readonly Question[],
  format: 'raw' | 'text',
  read: (file: Buffer) => Result,
): Result | undefined {
  return inFolder((folder) => {
    const zone = join(folder, 'zone');
    const written = join(folder, 'written');
    const args = ['-k', 'ignore', '-i', 'none', '-F', format, '-s', 'full', '-o', written, 'example.net', zone];
    const text = zoneOf(questions);
    writeFileSync(zone, text, 'latin1');
    const said = run('named-compilezone', args);
    if (said === undefined) return undefined;
    const refused = refusedLines(said);
    const lines = text.split('\n').map((line, index) => (refused.has(index + 1) ? '' : line));
    writeFileSync(zone, lines.join('\n'), 'latin1');
    const again = run('named-compilezone', args) ?? '';
    if (!again.includes('OK')) throw new Error(`named-compilezone: ${again.slice(0, 500)}`);
    return read(readFileSync(written));
  });
}

/** RDATA texts that ldns-read-zone writes; it must be able to read every question. */
export function ldnsTexts(questions: readonly Question[]): Answers | undefined {
  return inFolder((folder) => {
    const zone = join(folder, 'zone');
    writeFileSync(zone, zoneOf(questions), 'latin1');
    const said = run('ldns-read-zone', [zone]);
    return said === undefined ? undefined : writtenTexts(said, questions.length);
  });
}

/** RDATA behind the owners v0, v1, … of a zone with one record a line. */
function writtenTexts(zone: string, count: number): Answers {
  const texts = new Map<number, string>();
  for (const [, index, text] of zone.matchAll(/^v(\d+)\.example\.net\.\s+3600\s+IN\s+\S+[ \t]*(.*)$/gm)) {
    texts.set(Number(index), text ?? '');
  }
  return Array.from({ length: count }, (_, index) => texts.get(index));
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
        answers.append(ANSWER)
    except Exception:
        answers.append(None)
print(json.dumps(answers))
`;

/** Wire forms by dnspython, with whichever Python has it. */
export function askDnspython(questions: readonly Question[]): Answers | undefined {
  return dnspython('rdata.to_wire().hex()', questions);
}

/** RDATA texts that dnspython writes. */
export function dnspythonTexts(questions: readonly Question[]): Answers | undefined {
  return dnspython('rdata.to_text()', questions);
}

function dnspython(answer: string, questions: readonly Question[]): Answers | undefined {
  for (const python of ['python3', '/usr/bin/python3']) {
    const said = run(python, ['-c', DNSPYTHON.replace('ANSWER', answer)], JSON.stringify(questions));
    const answers: unknown = said?.startsWith('[') ? JSON.parse(said) : undefined;
    if (Array.isArray(answers)) return answers.map((answer) => (typeof answer === 'string' ? answer : undefined));
  }
  return undefined;
}
