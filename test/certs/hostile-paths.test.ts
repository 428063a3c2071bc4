import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentsOf, openDer, readInto, readValue, tag } from '../../lib/certs/der.ts';
import { readCertificate } from '../../lib/certs/facts.ts';
import { readCertificateFile, readCertificates } from '../../lib/certs/load.ts';
import { certificateNames, matchNames } from '../../lib/certs/names.ts';
import { readPathDetails } from '../../lib/certs/path-details.ts';
import { describePathFault } from '../../lib/certs/path-faults.ts';
import type { Certificate } from '../../lib/certs/path-member.ts';
import { describeCertificateProblem } from '../../lib/certs/problems.ts';
import { loadTrust } from '../../lib/certs/trust.ts';
import { type PathVerdict, validatePath } from '../../lib/certs/validate-path.ts';
import { cli, folderOf, zone } from '../cli/run.ts';
import { cases, der } from './cases.ts';
import { makeChain, now, put, set, soundChain } from './chains.ts';
import { ext, general, makeDer, oid, pem } from './maker.ts';

const { leaf, others, root } = makeChain(soundChain);
const trust = loadTrust([{ name: 'root.pem', bytes: root.der }]);

function judge(one: Certificate, beside: readonly Certificate[] = others): PathVerdict {
  return validatePath({ leaf: one, others: beside, trust, role: 'server', eku: 'strict', now });
}

/** A value of any size; `der` writes two length octets at most. */
function wide(identifier: number, body: Uint8Array): Uint8Array {
  const length = Buffer.alloc(5);
  length.writeUInt32BE(body.length, 1);
  length[0] = 0x84;
  const short = length.subarray(body.length < 0x100 ? 4 : body.length < 0x10000 ? 3 : body.length < 0x1000000 ? 2 : 1);
  const head = body.length < 0x80 ? Buffer.of(body.length) : Buffer.concat([Buffer.of(0x80 + short.length), short]);
  return Buffer.concat([Buffer.of(identifier), head, body]);
}

/** The leaf of the sound chain with one more extension of any size, under a signature that is none. */
function enlarged(id: string, value: Uint8Array): Uint8Array {
  const rest = soundChain.leaf.extensions.filter((one) => one.id !== id);
  const plain = makeDer({ ...soundChain.leaf, extensions: [] });
  const outer = readInto(openDer(plain), 'the certificate', tag.sequence);
  const signed = readValue(outer, 'the signed part', tag.sequence);
  const [head, tail] = [contentsOf(outer, signed), plain.subarray(signed.end)];
  const written = [...rest, { id, value }].map((one) =>
    wide(0x30, Buffer.concat([oid(one.id), wide(0x04, one.value)])),
  );
  const body = Buffer.concat([head, wide(0xa3, wide(0x30, Buffer.concat(written)))]);
  return wide(0x30, Buffer.concat([wide(0x30, body), tail]));
}

/** Milliseconds that something takes. */
function elapsed(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

test('a certificate cut at any octet is a problem inside of it', () => {
  for (const whole of [leaf.der, others[0]!.der, cases.find(({ name }) => name === 'san-kinds')!.der]) {
    for (let length = 0; length < whole.length; length++) {
      const read = readCertificate(whole.subarray(0, length));
      if (!('problem' in read)) throw new Error(`${length} octets of ${whole.length} are read as a certificate`);
      expect(read.problem).not.toBe('');
      expect(read.offset).toBeLessThanOrEqual(length);
      // Nobody asks for the details of what is no certificate, yet asking does no harm.
      expect(readPathDetails(whole.subarray(0, length)).problem).toBeDefined();
    }
  }
});

describe('size', () => {
  test('ten million octets of alternative names are read and judged in bounded time', () => {
    const names = Buffer.alloc(10_000_000, Buffer.from([0x82, 6, 0x61, 0x2e, 0x62, 0x2e, 0x63, 0x64]));
    const octets = enlarged('2.5.29.17', wide(0x30, names));
    let verdict: PathVerdict | undefined;
    const time = elapsed(() => {
      const read = readCertificate(octets);
      if ('problem' in read) throw new Error(read.problem);
      expect(read.facts.dnsNames).toHaveLength(1_250_000);
      expect(certificateNames(read.facts).names).toEqual(['a.b.cd']);
      verdict = judge({ facts: read.facts, der: octets });
    });
    expect(verdict).toMatchObject({ valid: false });
    expect(time).toBeLessThan(20_000);
  }, 60_000);

  test.each<[string, () => Uint8Array]>([
    ['an extension of values ten thousand deep', () => enlarged('1.2.3.4', nested(0x30))],
    ['alternative names ten thousand deep', () => enlarged('2.5.29.17', wide(0x30, nested(0xa4)))],
    ['a file of nothing but nesting', () => nested(0x30)],
  ])('%s', (_, make) => {
    const octets = make();
    const time = elapsed(() => {
      const read = readCertificate(octets);
      if ('facts' in read) judge({ facts: read.facts, der: octets });
      else expect(read.offset).toBeLessThanOrEqual(octets.length);
      readCertificateFile('deep', octets, []);
    });
    expect(time).toBeLessThan(2000);
  });

  test('an object identifier of ten thousand octets is refused', () => {
    const octets = enlarged('2.5.29.37', wide(0x30, wide(0x06, Buffer.alloc(10_000, 0x81))));
    expect(readCertificate(octets)).toMatchObject({ problem: 'a purpose of extKeyUsage is not an object identifier' });
  });

  test('a huge serial number and a huge path length end in bounded time', () => {
    const huge = wide(0x02, Buffer.concat([Buffer.of(0x7f), Buffer.alloc(1_000_000, 0xff)]));
    const constrained = enlarged('2.5.29.19', wide(0x30, Buffer.concat([der(0x01, [0xff]), huge])));
    expect(readCertificate(constrained)).toMatchObject({ problem: 'pathLenConstraint is too large' });
    const inhibiting = enlarged('2.5.29.54', huge);
    const read = readCertificate(inhibiting);
    if ('problem' in read) throw new Error(read.problem);
    expect(readPathDetails(inhibiting).problem).toBe('inhibitAnyPolicy is too large');
    const { faults } = judge({ facts: read.facts, der: inhibiting });
    expect(faults.map(({ code }) => code)).toContain('extension-unreadable');
  });

  test('a bundle of a hundred thousand certificates is read in bounded time and memory', async () => {
    const plain = Buffer.from(makeDer({ ...soundChain.leaf, extensions: [] }));
    const blocks = Array.from({ length: 100_000 }, (_, i) => {
      // Other signatures make other certificates.
      plain.writeUInt32BE(i, plain.length - 8);
      return pem(plain);
    });
    const bytes = Buffer.from(blocks.join(''));
    const before = process.memoryUsage().rss;
    const time = elapsed(() => {
      const store = readCertificates('big.pem', bytes);
      expect(store.certificates).toHaveLength(4096);
      expect(store.problems.map(describeCertificateProblem)).toEqual([
        'big.pem holds too many certificates, and those from here on are not read: give the ones that are needed only',
      ]);
      const file = readCertificateFile('big.pem', bytes, []);
      expect(file.certificates.length + file.problems.length).toBeGreaterThan(0);
    });
    expect(time).toBeLessThan(30_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(1_000_000_000);
    const folder = folderOf({ 'example.net.zone': zone(), 'big.pem': bytes });
    const { code, stdout, stderr } = await cli(['lint', 'example.net.zone', '--cert', 'big.pem'], { cwd: folder.path });
    folder.remove();
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/big\.pem\D*\b(is larger|too large|too many|more than|larger than)/);
  }, 60_000);
});

function nested(identifier: number): Uint8Array {
  // Written from the inside out into one buffer; joining ten thousand times would take quadratic time.
  const buffer = Buffer.alloc(60_000);
  let at = buffer.length;
  for (let depth = 0; depth < 10_000; depth++) {
    const length = buffer.length - at;
    const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
    at -= head.length + 1;
    buffer.set([identifier, ...head], at);
  }
  return buffer.subarray(at);
}

describe('names', () => {
  test.each<[string, string]>([
    ['an embedded NUL', 'mx1.example.net\u0000.evil.example'],
    ['a NUL at the end', 'mx1.example.net\u0000'],
    ['octets outside of ASCII', 'mx1.ex\u00e4mple.net'],
    ['a line end', 'mx1.example.net\n'],
    ['a full-width dot', 'mx1\uff0eexample.net'],
    ['an escape sequence', '\u001b[2Jmx1.example.net'],
  ])('%s in a dNSName is told and matches nothing', (_, text) => {
    const made = makeChain(put('leaf', ext.names(general.dns(text)))(soundChain));
    expect(made.leaf.facts.invalidDnsNames).toHaveLength(1);
    expect(matchNames(['mx1.example.net', 'evil.example'], made.leaf.facts).host).toBeUndefined();
    // Under constraints such a name is never taken for a permitted one.
    const constrained = makeChain(
      put(
        'leaf',
        ext.names(general.dns(text)),
      )(put('upper', ext.constraints([general.dns('example.net')]))(soundChain)),
    );
    expect(judge(constrained.leaf, constrained.others).valid).toBe(false);
  });

  test.each<[string, string]>([
    ['an embedded NUL', 'mx1.example.net\u0000.evil.example'],
    ['an escape sequence', '\u001b]0;owned\u0007mx1.example.net'],
    ['a mark that turns the direction', 'mx1.\u202eten.elpmaxe'],
  ])('%s in a common name matches nothing and reaches no sentence', (_, text) => {
    const change = set('leaf', { subject: `CN=${text}`, to: '261101000000Z', extensions: [] });
    const made = makeChain(change(soundChain));
    expect(matchNames(['mx1.example.net', 'evil.example'], made.leaf.facts).host).toBeUndefined();
    const { faults } = judge(made.leaf, made.others);
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) {
      const sentence = describePathFault(fault, made.leaf.facts.subject);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      expect(sentence).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    }
  });
});

describe('any octets', () => {
  const seeds = [leaf.der, root.der, ...others.map((one) => one.der), ...cases.map((one) => one.der)];
  const damaged = fc
    .record({
      seed: fc.nat(seeds.length - 1),
      changes: fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { minLength: 1, maxLength: 3 }),
      // Octets put in or taken out make lengths and contents disagree.
      splice: fc.option(fc.record({ at: fc.nat(4000), out: fc.nat(8), put: fc.uint8Array({ maxLength: 8 }) }), {
        freq: 1,
      }),
      cut: fc.option(fc.nat(4000), { freq: 1 }),
    })
    .map(({ seed, changes, splice, cut }) => {
      const octets = [...seeds[seed]!];
      for (const [at, to] of changes) octets[at % octets.length] = to;
      if (splice !== null) octets.splice(splice.at % octets.length, splice.out, ...splice.put);
      return Uint8Array.from(cut === null ? octets : octets.slice(0, cut % octets.length));
    });

  test('mutated certificates give facts, details and a verdict, and never throw', () => {
    let judged = 0;
    fc.assert(
      fc.property(damaged, (octets) => {
        const details = readPathDetails(octets);
        expect([...details.critical].every((id) => details.present.has(id))).toBe(true);
        const read = readCertificate(octets);
        if ('problem' in read) {
          expect(read.offset).toBeGreaterThanOrEqual(0);
          expect(read.offset).toBeLessThanOrEqual(octets.length);
          return;
        }
        judged++;
        const one = { facts: read.facts, der: octets };
        const verdict = judge(one, [one, ...others]);
        expect(verdict.path.length).toBeGreaterThan(0);
        for (const { index } of [...verdict.faults, ...verdict.unverifiable, ...verdict.deviations]) {
          expect(index).toBeGreaterThanOrEqual(0);
          expect(index).toBeLessThan(verdict.path.length);
        }
        expect([true, false, undefined]).toContain(read.facts.selfSigned);
      }),
      { numRuns: 3000 },
    );
    expect(judged).toBeGreaterThan(200);
  }, 60_000);
});
