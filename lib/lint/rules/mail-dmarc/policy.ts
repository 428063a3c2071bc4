import { dmarcTag } from '../../../mail/dmarc.ts';
import { parentOf } from '../../../rr/name.ts';
import type { Facts } from '../../facts.ts';
import { DMARC_LABEL, type DmarcText, dmarcOf } from './records.ts';
import { labelBefore, textsAt } from './texts.ts';

/** Which DMARC policy the zones given have for a domain. */
export type PolicyAnswer =
  /** `record` belongs to `facts`; `own`: it stands at the domain itself, not at one above it. */
  | { readonly kind: 'policy'; readonly facts: Facts; readonly found: DmarcText; readonly own: boolean }
  /** A record is there, or several, but none that counts. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'none' }
  /** It may stand in a zone that was not given. */
  | { readonly kind: 'unknown' };

/** The record that holds the policy of a domain: its own, else that of its organisational domain (RFC 9989 §4.10). */
export function policyOf(facts: Facts, domain: Uint8Array): PolicyAnswer {
  let best: PolicyAnswer = { kind: 'none' };
  for (let name: Uint8Array | undefined = domain; name !== undefined; name = parentOf(name)) {
    const here = policyAt(facts, name);
    if (here.kind === 'policy') {
      if (name === domain && !isPublicSuffix(domain)) return { ...here, own: true };
      const psd = dmarcTag(here.found.dmarc, 'psd')?.value.toLowerCase();
      if (psd === 'y') return best.kind === 'policy' ? best : here;
      best = here;
      if (psd === 'n') return best;
    } else if (best.kind === 'none' || (best.kind === 'broken' && here.kind === 'unknown')) {
      best = here;
    }
    if (isPublicSuffix(name)) break;
  }
  return best;
}

/** What stands at `_dmarc` of exactly this name. */
function policyAt(facts: Facts, domain: Uint8Array): PolicyAnswer {
  const name = labelBefore(DMARC_LABEL, domain);
  if (name === undefined) return { kind: 'none' };
  if (isPublicSuffix(domain) && facts.zoneAt(domain) === undefined) return { kind: 'none' };
  const answer = textsAt(facts, name);
  if (answer.kind !== 'texts') return { kind: answer.kind };
  const meant = answer.records.flatMap((record) => dmarcOf(answer.facts, record) ?? []);
  const counting = meant.filter(({ dmarc }) => dmarc.counts);
  const [found] = counting;
  if (found !== undefined && counting.length === 1) return { kind: 'policy', facts: answer.facts, found, own: false };
  return { kind: meant.length === 0 ? 'none' : 'broken' };
}

/** Second-level labels below which many countries register domains. */
const SECOND_LEVEL: ReadonlySet<string> = new Set(
  'ac co com edu gob gouv gov go gr id lg ltd me mil mod ne net nhs nic nom or org plc police sch web'.split(' '),
);

/**
 * Whether domains are registered below a name: a top-level domain, or one of the common second-level names of a country. The
 * list of public suffixes is not consulted, so other names below which domains are registered are not known here.
 */
export function isPublicSuffix(name: Uint8Array): boolean {
  const first = name[0] ?? 0;
  const second = name[first + 1] ?? 0;
  if (first === 0 || second === 0) return true;
  if (second !== 2 || name[first + 1 + 3] !== 0) return false;
  return SECOND_LEVEL.has(
    Buffer.from(name.subarray(1, 1 + first))
      .toString('latin1')
      .toLowerCase(),
  );
}
