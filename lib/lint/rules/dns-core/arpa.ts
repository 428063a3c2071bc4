import { labelsOf } from '../../../rr/name.ts';

/** Labels of a name before in-addr.arpa or ip6.arpa, most specific first. */
export interface ReverseName {
  readonly family: 4 | 6;
  readonly labels: readonly string[];
}

/** The parts of a name of the reverse tree (RFC 1035 §3.5, RFC 3596 §2.5), undefined for any other. */
export function reverseName(name: Uint8Array): ReverseName | undefined {
  const labels = labelsOf(name).map((label) => label.toLowerCase());
  if (labels.pop() !== 'arpa') return undefined;
  const tree = labels.pop();
  if (tree === 'in-addr') return { family: 4, labels };
  return tree === 'ip6' ? { family: 6, labels } : undefined;
}
