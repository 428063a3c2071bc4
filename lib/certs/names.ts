import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { dnsNameFault } from './alternative-names.ts';
import type { CertificateFacts } from './facts.ts';

/**
 * The one form in which host names are compared: A-labels, lower case, no final dot.
 * Undefined for what is no host name: empty text, an IP address, a label above 63 or a name above 253 octets, other characters
 * (RFC 1123 §2.1, RFC 5890 §2.3.2.1; an underscore is let through because service names are compared too).
 */
export function normalizeHostName(name: string): string | undefined {
  const bare = name.endsWith('.') ? name.slice(0, -1) : name;
  if (bare.length > 1024 || isIP(bare.replace(/^\[|\]$/g, '')) !== 0) return undefined;
  const labels: string[] = [];
  for (const label of bare.split(/[.\u3002\uff0e\uff61]/)) {
    const ascii = asciiLabel(label);
    if (ascii === undefined) return undefined;
    labels.push(ascii);
  }
  const normal = labels.join('.');
  // Four numbers with dots are an address to every resolver, `010.1.2.3` included, which isIP does not take for one.
  if (normal.length > 253 || /^(\d+\.){3}\d+$/.test(normal)) return undefined;
  return normal;
}

/** The names a certificate can be matched by, in normal form; wildcards stand as `*.example.net`. */
export interface CertificateNames {
  readonly names: readonly string[];
  /** No dNSName exists, so the names are common names (draft-chuang §1.2.2; RFC 9525 §2 no longer allows this). */
  readonly cnFallback: boolean;
}

/** The dNSNames, or the common names when there is no dNSName at all; names outside the preferred syntax are left out. */
export function certificateNames(facts: CertificateFacts): CertificateNames {
  const cnFallback = facts.dnsNames.length === 0;
  const written = cnFallback ? facts.subjectCommonNames.filter(looksLikeHostName) : facts.dnsNames.filter(isUsable);
  const names = written.map(normalizePattern).filter((name) => name !== undefined);
  return { names: [...new Set(names)], cnFallback };
}

/** Knobs of name matching. */
export interface MatchPolicy {
  /** Let `*.example.net` stand for one label (RFC 9525 §6.3); the drafts say "exactly match", so the default is false. */
  readonly wildcards: boolean;
}

/** Outcome of matching: the host that matched, and what else the user should hear. */
export interface NameMatch {
  /** The first of the hosts that the certificate names, in normal form. */
  readonly host: string | undefined;
  /** The match was made by a wildcard, which only a policy with `wildcards` allows. */
  readonly byWildcard: boolean;
  /** The match rests on a common name. */
  readonly cnFallback: boolean;
  /** Hosts that no name equals but a wildcard of the certificate covers. */
  readonly coveredByWildcard: readonly { readonly host: string; readonly wildcard: string }[];
}

/** Looks for a host that the certificate names exactly: A-labels, any case, no final dot. */
export function matchNames(
  hosts: readonly string[],
  facts: CertificateFacts,
  policy: MatchPolicy = { wildcards: false },
): NameMatch {
  const { names, cnFallback } = certificateNames(facts);
  const exact = new Set(names);
  const wanted = hosts.map(normalizeHostName).filter((host) => host !== undefined);
  const coveredByWildcard = wanted
    .filter((host) => !exact.has(host))
    .map((host) => ({ host, wildcard: wildcardOver(host) }))
    .filter(({ wildcard }) => exact.has(wildcard));
  const host = wanted.find((one) => exact.has(one));
  if (host !== undefined) return { host, byWildcard: false, cnFallback, coveredByWildcard };
  const covered = policy.wildcards ? coveredByWildcard[0]?.host : undefined;
  return { host: covered, byWildcard: covered !== undefined, cnFallback, coveredByWildcard };
}

// domainToASCII reads a whole URL host: `1.2.3` becomes `1.2.0.3`, `%41` becomes `a`, a line end vanishes.
// It gets one label only, and only if that is not ASCII and its ASCII characters may stand in a name.
function asciiLabel(label: string): string | undefined {
  if (/[^\w\u0080-\uffff-]/.test(label)) return undefined;
  const ascii = /^[\w-]*$/.test(label) ? label.toLowerCase() : domainToASCII(label);
  return /^[a-z\d_-]{1,63}$/.test(ascii) ? ascii : undefined;
}

function wildcardOver(host: string): string {
  return `*${host.slice(host.indexOf('.'))}`;
}

// RFC 9525 §6.3: the wildcard is the whole left-most label and more than one label follows it.
function normalizePattern(name: string): string | undefined {
  if (!name.startsWith('*.')) return normalizeHostName(name);
  const rest = normalizeHostName(name.slice(2));
  return rest?.includes('.') ? `*.${rest}` : undefined;
}

// A final dot or an underscore is reported by its own rule and still tells which host is meant.
function isUsable(name: string): boolean {
  return dnsNameFault(name.replace(/\.$/, '').replaceAll('_', 'x')) === undefined;
}

function looksLikeHostName(commonName: string): boolean {
  return commonName.includes('.') && isUsable(commonName);
}
