import type { CertificateFacts } from '../certs/facts.ts';
import { certificateNames, matchNames, normalizeHostName } from '../certs/names.ts';
import type { PathVerdict } from '../certs/validate-path.ts';
import { fewNames, type JudgedRole, type MtlsFault, mtlsFault, mtlsPathFault } from './mtls-faults.ts';
import type { MtlsPolicy } from './mtls-policy.ts';

/** Records that list the hosts of a domain. */
export type NameList = 'Server MX' | 'SRV' | 'Client MX';

/** The host names that one kind of record allows. */
export interface AllowedNames {
  readonly list: NameList;
  readonly hosts: readonly string[];
}

/** The certificate that a peer showed, and what path validation said about it. */
export interface ShownCertificate {
  readonly leaf: CertificateFacts;
  readonly path: PathVerdict;
}

/** What is worth a warning though nothing forbids it. */
export type MtlsFlag =
  /** The match rests on a common name (AMB-5). */
  | 'common-name'
  /** The match was made by a wildcard (AMB-4). */
  | 'wildcard'
  /** The certificate is for another host of the set than the one connected to (AMB-3). */
  | 'own-host'
  /** Only the SRV target matches, and DNS did not prove that target (AMB-S14). */
  | 'insecure-reference'
  /** The certificate has no clientAuth and was accepted because serverAuth may do (AMB-9). */
  | 'server-purpose'
  /** Nothing proves the answer with Client MX, so it may be forged (AMB-20). */
  | 'insecure-client-mx'
  /** The path does not hold, but the TLSA records of the host do (AMB-21). */
  | 'dane-alone';

/** The name on which a match rests. */
export interface NameHit {
  readonly host: string;
  readonly list: NameList;
  readonly by: 'dNSName' | 'common name' | 'wildcard';
}

/** Which names were compared, and what came of it. */
export interface NameComparison {
  /** Names of the certificate in normal form. */
  readonly certificate: readonly string[];
  /** Its dNSNames that are no host names and count for nothing. */
  readonly unusable: readonly string[];
  readonly allowed: readonly AllowedNames[];
  readonly hit?: NameHit;
}

/** A step on the way to a verdict, for a log. */
export interface VerdictStep {
  readonly step: string;
  readonly requirements: readonly string[];
}

/** The faults of a path, all of them, signatures that could not be checked included. */
export function pathFaultsOf({ leaf, path }: ShownCertificate, role: JudgedRole): MtlsFault[] {
  return [...path.faults, ...path.unverifiable].map((fault) => {
    const { subject, dnsNames } = path.path[fault.index] ?? leaf;
    return mtlsPathFault(fault, role, subject || (dnsNames[0] ?? ''));
  });
}

/** What is asked when names are compared. */
export interface NameQuestion {
  readonly leaf: CertificateFacts;
  readonly role: JudgedRole;
  readonly domain: string;
  readonly allowed: readonly AllowedNames[];
  /** Lists of the other direction: a name of theirs does not count, but explains a mix-up. */
  readonly other?: AllowedNames;
  /** The host connected to; it is looked for first. */
  readonly connected?: string;
}

/** Looks for a name of the certificate that the domain allows (draft-chuang §1.2.3), and says why there is none. */
export function compareNames(
  question: NameQuestion,
  policy: Pick<MtlsPolicy, 'wildcards' | 'cnFallback'>,
): { readonly comparison: NameComparison; readonly faults: readonly MtlsFault[] } {
  const { leaf, role, domain, allowed } = question;
  const { names } = certificateNames(leaf);
  const unusable = leaf.dnsNames.filter((name) => normalizeHostName(name.replace(/^\*\./, '')) === undefined);
  const base: NameComparison = {
    certificate: names.slice(0, MOST_NAMES),
    unusable: unusable.slice(0, MOST_NAMES),
    allowed,
  };
  const hosts = allowed.flatMap((each) => each.hosts);
  const expected = fewNames([...new Set(hosts)]);
  const list = fewNames(
    allowed.map((each) => each.list),
    'and',
  );
  const said = { domain, list, expected, found: fewNames(names, 'and') };
  const match = matchNames(preferred(hosts, question.connected), leaf, { wildcards: policy.wildcards });
  if (match.host !== undefined && (!match.cnFallback || policy.cnFallback === 'accept')) {
    const { host } = match;
    const from = allowed.find((each) => each.hosts.some((one) => normalizeHostName(one) === host))?.list ?? 'Server MX';
    const by = match.byWildcard ? 'wildcard' : match.cnFallback ? 'common name' : 'dNSName';
    return { comparison: { ...base, hit: { host, list: from, by } }, faults: [] };
  }
  const fault = (): MtlsFault => {
    if (match.host !== undefined) return mtlsFault('common-name-only', role, { ...said, covered: match.host });
    if (names.length === 0) return mtlsFault('no-names', role, said);
    const covered = match.coveredByWildcard[0];
    if (covered !== undefined)
      return mtlsFault('wildcard-only', role, { ...said, covered: covered.host, wildcard: covered.wildcard });
    return mtlsFault('name-not-listed', role, { ...said, hint: mixUp(question) });
  };
  return { comparison: base, faults: [fault()] };
}

/** A verdict shows no more of the names of a certificate; all of them are compared. */
const MOST_NAMES = 1000;

function preferred(hosts: readonly string[], connected: string | undefined): readonly string[] {
  const first = hosts.filter(
    (host) => connected !== undefined && normalizeHostName(host) === normalizeHostName(connected),
  );
  return [...first, ...hosts];
}

function mixUp({ other, leaf, domain, role }: NameQuestion): string {
  const host = other === undefined ? undefined : matchNames(other.hosts, leaf).host;
  if (host === undefined) return '';
  const whose = role === 'client' ? 'senders' : 'servers';
  return ` (${host} is in ${other?.list} of ${domain}, which does not count for ${whose}: is this the certificate of the other role?)`;
}
