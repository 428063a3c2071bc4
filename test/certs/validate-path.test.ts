import { expect, test } from 'vitest';
import type { Certificate } from '../../lib/certs/path-member.ts';
import { loadTrust, type TrustStore } from '../../lib/certs/trust.ts';
import { type PathQuestion, type PathVerdict, validatePath } from '../../lib/certs/validate-path.ts';
import { type MadeChain, makeChain, now, soundChain } from './chains.ts';
import { pem } from './maker.ts';
import { changes } from './path-changes.ts';

function trusting(...certificates: readonly Certificate[]): TrustStore {
  return loadTrust([{ name: 'trust.pem', bytes: Buffer.from(pem(...certificates.map((one) => one.der))) }]);
}

function judge({ leaf, others, root }: MadeChain, more: Partial<PathQuestion> = {}): PathVerdict {
  return validatePath({ leaf, others, trust: trusting(root), role: 'server', eku: 'strict', now, ...more });
}

/** Faults as `code@index`, what could not be checked with a question mark in front. */
function outline({ faults, unverifiable }: PathVerdict): string {
  const told = faults.map(({ code, index }) => `${code}@${index}`).sort();
  return [...told, ...unverifiable.map(({ code, index }) => `?${code}@${index}`)].join(' ');
}

test.each(changes)('%s', (_, change, faults) => {
  const verdict = judge(makeChain(change(soundChain)));
  expect(outline(verdict)).toBe([...faults.split(' ')].sort().join(' '));
  expect(verdict.valid).toBe(faults === '');
});
