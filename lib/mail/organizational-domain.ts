import { TYPE } from '../rr/types.ts';
import { type DmarcRecord, dmarcTag, parseDmarc } from './dmarc.ts';
import type { DnsAnswer, DnsFailure, DnsLookup } from './dns.ts';

/** What stands at one name of a tree walk (RFC 9989 §4.10). */
export interface TreeStep {
  /** The domain, without `_dmarc`. */
  readonly domain: string;
  /**
   * `several`: more than one record, of which none counts. `outside`: nobody knows, which is taken as none, because zone files
   * seldom hold the zones above.
   */
  readonly found: 'record' | 'none' | 'several' | 'outside' | 'failure';
  readonly record?: DmarcRecord;
  readonly text?: string;
  readonly reason?: DnsFailure;
}

/** The answers of a tree walk, the longest domain first. */
export interface TreeWalk {
  readonly domain: string;
  readonly steps: readonly TreeStep[];
}

/** Names that are asked at most, whatever the length of the domain (RFC 9989 §4.10). */
export const MOST_QUERIES = 8;

/** The domains of a tree walk: the domain itself, then its last seven labels or fewer, down to one (RFC 9989 §4.10). */
export function treeWalkDomains(domain: string): readonly string[] {
  const labels = domain.split('.').filter((label) => label !== '');
  const ancestors = labels.map((_, index) => labels.slice(index).join('.')).slice(1);
  return [labels.join('.'), ...ancestors.slice(-(MOST_QUERIES - 1))].filter((each) => each !== '');
}

/** Asks for the DMARC records of a tree walk, one after the other, until one says where the walk ends. */
export async function gatherTreeWalk(domain: string, lookup: DnsLookup): Promise<TreeWalk> {
  const steps: TreeStep[] = [];
  for (const each of treeWalkDomains(domain)) {
    const step = stepIn(each, await lookup.ask({ name: `_dmarc.${each}`, type: TYPE.TXT }));
    steps.push(step);
    if (step.found === 'failure' || /^[yn]$/.test(psdOf(step) ?? '')) break;
  }
  return { domain, steps };
}

/** Reads the answer to the question for `_dmarc` of a domain: records of another version are left out, and several cancel each other. */
function stepIn(domain: string, answer: DnsAnswer): TreeStep {
  if (answer.kind === 'failure')
    return { domain, found: answer.reason === 'outside' ? 'outside' : 'failure', reason: answer.reason };
  if (answer.kind !== 'records') return { domain, found: 'none' };
  const read = answer.rdata
    .slice(0, MOST_RECORDS)
    .map(textOf)
    .map((text) => ({ text, record: parseDmarc(text) }));
  const counting = read.filter(({ record }) => record.counts);
  const [only] = counting;
  if (only === undefined) return { domain, found: 'none' };
  return counting.length > 1 ? { domain, found: 'several' } : { domain, found: 'record', ...only };
}

const MOST_RECORDS = 100;

/** The organizational domain, and what decided it; undefined domain when DNS failed on the way. */
export interface OrganizationalDomain {
  readonly domain: string | undefined;
  /** `itself`: no record was found anywhere. */
  readonly by: 'psd=n' | 'psd=y below' | 'highest record' | 'itself' | 'failure';
}

/** The organizational domain that a tree walk leads to (RFC 9989 §4.10.2). */
export function organizationalDomain({ domain, steps }: TreeWalk): OrganizationalDomain {
  if (steps.some(({ found }) => found === 'failure')) return { domain: undefined, by: 'failure' };
  const records = steps.filter(({ found }) => found === 'record');
  for (const step of records) {
    const psd = psdOf(step);
    if (psd === 'n') return { domain: step.domain, by: 'psd=n' };
    if (psd === 'y' && step.domain !== domain) return { domain: oneLabelMore(domain, step.domain), by: 'psd=y below' };
  }
  const highest = records.at(-1);
  return highest === undefined ? { domain, by: 'itself' } : { domain: highest.domain, by: 'highest record' };
}

function psdOf({ record }: TreeStep): string | undefined {
  return record && dmarcTag(record, 'psd')?.value.toLowerCase();
}

/** The ancestor of a domain that has one label more than another ancestor. */
function oneLabelMore(domain: string, ancestor: string): string {
  const labels = domain.split('.');
  return labels.slice(labels.length - ancestor.split('.').length - 1).join('.');
}

/** The strings of TXT RDATA joined (RFC 9989 §4.7 as RFC 7208 §3.3), one character an octet; what is cut short ends early. */
function textOf(rdata: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < rdata.length; at += 1 + (rdata[at] ?? 0))
    parts.push(Buffer.from(rdata.subarray(at + 1, at + 1 + (rdata[at] ?? 0))).toString('latin1'));
  return parts.join('');
}
