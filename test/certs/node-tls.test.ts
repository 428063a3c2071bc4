import { expect, test } from 'vitest';
import { loadTrust } from '../../lib/certs/trust.ts';
import { validatePath } from '../../lib/certs/validate-path.ts';
import { type Chain, now as clock, makeChain, soundChain } from './chains.ts';
import { type SignedLine, utcTime } from './line.ts';
import { fixedKey, pem, type Wish } from './maker.ts';
import { changes, differences } from './path-changes.ts';
import { askNode, type Identity } from './peers.ts';

/** Node has no clock to set, so every certificate is moved from the time of the tests to the present second. */
const now = Math.floor(Date.now() / 1000) * 1000;

function moved(wish: Wish): Wish {
  const { from, to } = wish;
  return { ...wish, from: movedTime(from), to: movedTime(to) };
}

function movedTime(text: string): string {
  // The end of a certificate without end stays where it is.
  if (text.length === 15) return text;
  const iso = text.replace(/^(..)(..)(..)(..)(..)(..)Z$/, '20$1-$2-$3T$4:$5:$6Z');
  return utcTime(Date.parse(iso) - clock + now);
}

function signed(chain: Chain): SignedLine {
  const { root, upper, lower, leaf, extra } = chain;
  const [movedRoot, movedUpper, movedLower, movedLeaf] = [root, upper, lower, leaf].map(moved);
  const made = makeChain({
    ...chain,
    root: movedRoot!,
    upper: movedUpper!,
    lower: movedLower!,
    leaf: movedLeaf!,
    extra: (extra ?? []).map(moved),
  });
  const key = typeof leaf.key === 'number' ? fixedKey(leaf.key) : leaf.key;
  return { leaf: made.leaf, leafKey: key, others: made.others, trusted: [made.root] };
}

/** Nobody asks OpenSSL for policies in a handshake, so Node takes every path that breaks no other rule. */
function breaksPoliciesOnly(label: string, faults: string): boolean {
  const codes = faults.split(' ').map((fault) => fault.split('@')[0]!);
  return label === 'broken policyConstraints' || codes.every((code) => code.startsWith('policy-'));
}

test.each(['server', 'client'] as const)("every single change against Node's TLS, as %s", async (role) => {
  const { leaf, leafKey } = signed(soundChain);
  const peer: Identity = { key: leafKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(leaf.der) };
  const differing: string[] = [];
  let agreed = 0;
  for (const [label, change] of changes) {
    const line = signed(change(soundChain));
    const trust = loadTrust(line.trusted.map(({ der }) => ({ name: 'root', bytes: der })));
    const { valid } = validatePath({ leaf: line.leaf, others: line.others, trust, role, eku: 'strict', now });
    // OpenSSL breaks the handshake off when it cannot tell how strong a signature is.
    const refused = await askNode(line, role, peer).catch((error: Error) => error.message);
    if (valid === (refused === undefined)) agreed++;
    else differing.push(label);
  }
  const policies = changes.filter(([label, , faults]) => breaksPoliciesOnly(label, faults)).map(([label]) => label);
  const explained = `${Object.keys(differences).length} differences of OpenSSL, ${policies.length} of policies`;
  console.log(`${changes.length} changes against Node's TLS as ${role}: ${agreed} agree, ${explained}`);
  expect(policies).toHaveLength(12);
  expect(differing.sort()).toEqual([...Object.keys(differences), ...policies].sort());
});
