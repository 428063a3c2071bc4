import { expect, test } from 'vitest';
import { type SignatureMemory, signatureMemory } from '../../lib/certs/path-signatures.ts';
import { loadTrust } from '../../lib/certs/trust.ts';
import { type PathVerdict, validatePath } from '../../lib/certs/validate-path.ts';
import { makeChain, now, set, soundChain } from './chains.ts';
import { certificateOf, makeDer, pem, type Wish } from './maker.ts';

const { others, root } = makeChain(soundChain);
const trust = loadTrust([{ name: 'root.pem', bytes: Buffer.from(pem(root.der)) }]);

function leaf(number: number, more: Partial<Wish> = {}): ReturnType<typeof certificateOf> {
  return certificateOf(makeDer({ ...soundChain.leaf, subject: `CN=h${number}.example.net`, ...more }));
}

function judge(
  one: ReturnType<typeof certificateOf>,
  role: 'server' | 'client',
  memory?: SignatureMemory,
): PathVerdict {
  const shared = memory === undefined ? {} : { memory };
  return validatePath({ leaf: one, others, trust, role, eku: 'strict', now, ...shared });
}

test('what many certificates have in common is checked once, and the verdicts stay the same', () => {
  const memory = signatureMemory();
  const leaves = Array.from({ length: 50 }, (_, i) => leaf(i, i % 5 === 0 ? { forged: true } : {}));
  for (const role of ['server', 'client'] as const) {
    for (const [i, one] of leaves.entries()) {
      const verdict = judge(one, role, memory);
      expect(verdict).toEqual(judge(one, role));
      expect(verdict.valid).toBe(i % 5 !== 0);
    }
  }
  // One signature of each leaf and those of the two CA certificates, which three keys made.
  expect(memory.verdicts.size).toBe(52);
  expect(memory.keys.size).toBe(3);
});

test('a verdict belongs to one key, whatever name it has', () => {
  const memory = signatureMemory();
  const one = leaf(1);
  expect(judge(one, 'server', memory).valid).toBe(true);
  const foreign = makeChain(set('lower', { key: 9 })(soundChain));
  const { valid, faults } = validatePath({
    leaf: one,
    others: foreign.others,
    trust,
    role: 'server',
    eku: 'strict',
    now,
    memory,
  });
  expect(valid).toBe(false);
  expect(faults.map(({ code, index }) => `${code}@${index}`)).toEqual(['signature-invalid@0']);
});
