import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NOTES } from '../../lib/rr/problem.ts';
import { zoneFromJson } from '../../lib/zone/from-json.ts';
import { streamJsonZone } from '../../lib/zone/from-json-stream.ts';
import { JsonText, jsonChunks, zoneToJson } from '../../lib/zone/json.ts';
import { ZoneFileText } from '../../lib/zone/print.ts';
import { type BatchText, type ReadPiece, streamZone } from '../../lib/zone/stream.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { cleanZone, recordLines, vectorZone, wire, zoneOf } from './zones.ts';

/** Gives text out in pieces of at most `most` octets. */
function pieces(text: string, most: number): ReadPiece {
  let rest = new TextEncoder().encode(text);
  return (into) => {
    const piece = rest.subarray(0, Math.min(most, into.length));
    into.set(piece);
    rest = rest.subarray(piece.length);
    return piece.length;
  };
}

interface Said {
  readonly records: string[];
  readonly faults: string[];
}

/** Faults as line, column and code. */
function faultsOf(zone: Zone, firstLine = 1): string[] {
  return zone.problems
    .filter(({ code }) => !NOTES.has(code))
    .map(({ code, start, file }) => {
      const before = Buffer.from(zone.files[file]?.bytes.subarray(0, start) ?? [])
        .toString('latin1')
        .split('\n');
      return `${before.length + firstLine - 1}:${before.at(-1)?.length} ${code}`;
    });
}

function streamed(text: string, window: number, most: number): Said {
  const said: Said = { records: [], faults: [] };
  const options = { name: 'test.zone', origin: wire('example.net.'), read: pieces(text, most), window };
  streamZone(options, (batch, line) => {
    said.records.push(...recordLines(batch));
    said.faults.push(...faultsOf(batch, line));
  });
  return said;
}

const entry = fc.constantFrom(
  'a 60 A 192.0.2.1\n',
  'A 60 IN MX 10 b\n',
  '\tTXT "x ; y" ; comment (\n',
  '  60 AAAA 2001:db8::1\n',
  '@ SOA ns host (\n 1 ; serial\n 2\n\n 3 4 5 )\n',
  'b 60 TXT ( "a"\n"b" )\n',
  '$ORIGIN sub.example.net.\n',
  '$ORIGIN example.net.\n',
  '$TTL 1h\n',
  '$GENERATE 1-3 h$ A 192.0.2.$\n',
  '$NOPE\n',
  '; only a comment\n',
  '\n',
  'c 60 A 192.0.2.300\n',
  'd 60 TXT "open\n',
  'e 60 TXT ( open\n',
  'f 60 TXT close )\n',
  'g 60 TYPE265 \\# 3 000000\r\n',
  'h 60 A 192.0.2.1 \r x\n',
  `long-${'x'.repeat(40)} 60 TXT ${'word '.repeat(30)}\n`,
  'i 60 A 192.0.2.1',
);

describe('a zone that is read in small windows', () => {
  test('has the records and faults of one that is read whole', () => {
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 25 }),
        fc.integer({ min: 1, max: 90 }),
        fc.nat(60),
        (lines, window, most) => {
          const text = lines.join('');
          const whole = zoneOf('example.net.', text);
          const { records, faults } = streamed(text, window, most + 1);
          expect(records).toEqual(recordLines(whole));
          expect(faults.sort()).toEqual(faultsOf(whole).sort());
        },
      ),
      { numRuns: 400 },
    );
  });

  test('keeps its class, owner and TTL from window to window', () => {
    const text = 'a 60 CH TXT x\n TXT y\n 70 TXT z\n';
    expect(streamed(text, 8, 8).records).toEqual(recordLines(zoneOf('example.net.', text)));
  });

  test('forgets names when they are many, and goes on with the owner it had', () => {
    const owner = (index: number): string => `${'x'.repeat(60)}.${'y'.repeat(60)}.${'z'.repeat(60)}.n${index}`;
    const text = Array.from({ length: 60_000 }, (_, index) => `${owner(index)} 60 A 192.0.2.1\n A 192.0.2.2\n`).join(
      '',
    );
    let most = 0;
    let records = 0;
    let wrong = 0;
    streamZone({ name: 'x', origin: wire('example.net.'), read: pieces(text, 1 << 20), window: 1 << 16 }, (batch) => {
      most = Math.max(most, batch.names.count);
      for (let record = 0; record < batch.count; record++) {
        const name = Buffer.from(batch.ownerOf(record)).toString('latin1');
        if (!name.includes(`n${(records + record) >> 1}\x07example`)) wrong++;
      }
      records += batch.count;
    });
    expect({ records, wrong }).toEqual({ records: 120_000, wrong: 0 });
    expect(most).toBeLessThan(50_000);
  });

  test('hands over one empty batch when there is nothing', () => {
    const batches: number[] = [];
    const zone = streamZone({ name: 'x', origin: wire('.'), read: () => 0 }, (batch) => batches.push(batch.count));
    expect({ batches, count: zone.count }).toEqual({ batches: [0], count: 0 });
  });

  test('is whole in the end when it shall be kept', () => {
    const text = 'a 60 A 192.0.2.1\nb 60 A 192.0.2.2\nc 60 A 192.0.2.3\n';
    const options = { name: 'x', origin: wire('example.net.'), read: pieces(text, 5), window: 20, keep: true };
    expect(recordLines(streamZone(options, () => {}))).toEqual(recordLines(zoneOf('example.net.', text)));
  });
});

/** The text of a form whose records come in small batches. */
function inBatches(text: string, form: BatchText): string {
  let written = '';
  streamZone({ name: 'x', origin: wire('example.net.'), read: pieces(text, 99), window: 40 }, (batch) => {
    written += [...form.batch(batch)].join('');
  });
  return written + form.end();
}

describe('text written batch by batch', () => {
  const text = `; a comment that is longer than the window\n${'a 60 A 192.0.2.1\na 60 A 192.0.2.2\nlonger 60 MX 0 .\n@ 7 TXT x\n'.repeat(9)}`;

  test('is the same JSON', () => {
    const zone = zoneOf('example.net.', text);
    expect(inBatches(text, new JsonText())).toBe([...jsonChunks(zone)].join(''));
    expect(inBatches('', new JsonText())).toBe('{\n  "origin": "example.net.",\n  "records": [\n  ]\n}\n');
  });

  test('is a zone file of the same records, laid out as its first records want it', () => {
    const written = inBatches(text, new ZoneFileText());
    expect(recordLines(cleanZone('example.net.', written))).toEqual(recordLines(zoneOf('example.net.', text)));
    expect(written).toMatch(/^\$ORIGIN example\.net\.\n\$TTL 60\n\na +IN A/);
    expect(inBatches('; nothing\n', new ZoneFileText())).toBe('$ORIGIN example.net.\n');
  });
});

/** A zone from JSON text in small pieces, with what was said of its records. */
function fromJson(text: string, window: number): { zone?: Zone; problems: string[]; records: string[] } {
  const problems: string[] = [];
  const records: string[] = [];
  const report = ({ path, message }: { path: string; message: string }): void =>
    void problems.push(`${path}: ${message}`);
  const read = streamJsonZone({ read: pieces(text, 7), window, report }, (batch) =>
    records.push(...recordLines(batch)),
  );
  if ('zone' in read) return { zone: read.zone, problems, records };
  return { problems: read.problems.map(({ path, message }) => `${path}: ${message}`), records };
}

describe('zone JSON that is read in small pieces', () => {
  test('has the records of every type', () => {
    const zone = vectorZone();
    expect(fromJson(JSON.stringify(zoneToJson(zone)), 64)).toMatchObject({ problems: [], records: recordLines(zone) });
    expect(fromJson([...jsonChunks(zone, { wire: true })].join(''), 64).records).toEqual(recordLines(zone));
  });

  test('is one that JSON.parse reads, and what it refuses is refused', () => {
    const record = { name: 'a.\\"b.net.', ttl: 1, class: 'IN', type: 'TXT', data: { strings: ['}],"\\', '\u00e9'] } };
    const text = `\ufeff ${JSON.stringify({ records: [record, record], origin: 'net.', $schema: 'x' }, null, 1)} \n`;
    expect(fromJson(text, 8).records).toHaveLength(2);
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.constantFrom('', ',', '}', '"', '[', ' 1', '\\'),
        fc.nat(2),
        (at, put, cut) => {
          const changed = text.slice(1, at + 1) + put + text.slice(at + 1 + cut);
          let value: unknown;
          try {
            value = JSON.parse(changed);
          } catch {
            expect(() => fromJson(changed, 8)).toThrow(SyntaxError);
            return;
          }
          const whole = zoneFromJson(value);
          const { records, problems } = fromJson(changed, 8);
          if ('zone' in whole) expect(records).toEqual(recordLines(whole.zone));
          else expect(problems).not.toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    ['[]', ': expected an object with "origin" and "records"'],
    ['{"origin":"net."}', '/records: expected an array of records, found nothing'],
    ['{"records":[]}', '/origin: expected an absolute name, found nothing'],
    ['{"origin":"net.","records":{}}', '/records: expected an array of records, found an object'],
    ['{"origin":"net.","record":[]}', ': unknown member "record"; did you mean "records"?'],
    ['{"origin":"net.","origin":"org.","records":[]}', ': the member "origin" stands there twice'],
  ])('%s is no zone', (text, problem) => {
    expect(fromJson(text, 4).problems).toContain(problem);
  });

  test('leaves out the records that are wrong and names them', () => {
    const good = { name: 'a.net.', ttl: 1, class: 'IN', type: 'A', data: { address: '192.0.2.1' } };
    const { records, problems } = fromJson(JSON.stringify({ origin: 'net.', records: [good, 1, good] }), 16);
    expect(problems).toEqual(['/records/1: expected an object, found 1']);
    expect(records).toHaveLength(2);
  });
});
