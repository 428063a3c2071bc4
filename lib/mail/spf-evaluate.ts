import type { SpfDirective } from './spf.ts';
import {
  evaluatedTerms,
  MOST_LOOKUPS,
  MOST_MX_HOSTS,
  needsLookup,
  type SpfAnswers,
  type SpfFound,
  targetOf,
} from './spf-answers.ts';
import { networkHas } from './spf-networks.ts';

/** What a check of an address says without asking the DNS; `unknown` when it depends on names nobody has told us about. */
export type SpfVerdict = 'pass' | 'fail' | 'softfail' | 'neutral' | 'permerror' | 'unknown';

const VERDICTS = { '+': 'pass', '-': 'fail', '~': 'softfail', '?': 'neutral' } as const;

/** Checks an address of 4 or 16 octets against a record (RFC 7208 §4.6) with what is known. */
export function spfVerdict(found: SpfFound, address: Uint8Array, answers: SpfAnswers): SpfVerdict {
  return new Evaluation(address, answers).check(found);
}

class Evaluation {
  private readonly address: Uint8Array;
  private readonly answers: SpfAnswers;
  private lookups = 0;

  constructor(address: Uint8Array, answers: SpfAnswers) {
    this.address = address;
    this.answers = answers;
  }

  check(found: SpfFound): SpfVerdict {
    if (!found.spf.valid) return 'permerror';
    for (const term of evaluatedTerms(found.spf)) {
      if (needsLookup(term) && ++this.lookups > MOST_LOOKUPS) return 'permerror';
      if (term.kind === 'modifier') {
        const verdict = this.checkName(targetOf(term, found.name));
        return verdict === 'none' ? 'permerror' : verdict;
      }
      const matches = this.matches(term, found.name);
      if (matches === 'unknown' || matches === 'permerror') return matches;
      if (matches) return VERDICTS[term.qualifier];
    }
    return 'neutral';
  }

  private checkName(name: Uint8Array | undefined): SpfVerdict | 'none' {
    const found = name === undefined ? 'unknown' : this.answers.record(name);
    if (found === 'unknown' || found === 'none') return found;
    return found === 'several' ? 'permerror' : this.check(found);
  }

  private matches(term: SpfDirective, name: Uint8Array): boolean | 'unknown' | 'permerror' {
    const target = targetOf(term, name);
    switch (term.mechanism) {
      case 'all':
        return true;
      case 'ip4':
      case 'ip6':
        return term.network !== undefined && networkHas(term.network, this.address);
      case 'a':
        return this.isAddressOf(target, term);
      case 'mx':
        return this.isMxOf(target, term);
      case 'include': {
        const verdict = this.checkName(target);
        if (verdict === 'none' || verdict === 'permerror') return 'permerror';
        return verdict === 'unknown' ? verdict : verdict === 'pass';
      }
      default:
        return 'unknown';
    }
  }

  private isAddressOf(host: Uint8Array | undefined, { prefix4, prefix6 }: SpfDirective): boolean | 'unknown' {
    const known = host === undefined ? undefined : this.answers.addresses(host);
    const prefix = this.address.length === 4 ? prefix4 : prefix6;
    return known?.some((address) => networkHas({ address, prefix }, this.address)) ?? 'unknown';
  }

  private isMxOf(name: Uint8Array | undefined, term: SpfDirective): boolean | 'unknown' | 'permerror' {
    const hosts = name === undefined ? undefined : this.answers.exchanges(name);
    if (hosts === undefined) return 'unknown';
    if (hosts.length > MOST_MX_HOSTS) return 'permerror';
    const matches = hosts.map((host) => this.isAddressOf(host, term));
    return matches.includes(true) || (matches.includes('unknown') ? 'unknown' : false);
  }
}
