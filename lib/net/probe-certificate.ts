import { matchNames, normalizeHostName } from '../certs/names.ts';
import { describePathFault, type PathFaultCode } from '../certs/path-faults.ts';
import type { ReferenceName } from '../mail/plan-types.ts';
import type { Observation, ProbeSeverity } from './probe-observation.ts';
import type { ProbedPlace } from './probe-place.ts';

/** What the certificate of a place shows: its path, its names, and whether it is the one on disk. */
export function certificateObservations(place: ProbedPlace): readonly Observation[] {
  const { result, leaf } = place;
  if (result.tls === undefined) return [];
  if (leaf === undefined) {
    const message = 'the server showed no certificate that can be read; expected one of X.509';
    return [{ rule: 'cert-path-invalid', requirements: ['CMX-1.2.2-b'], state: 'fault', severity: 'error', message }];
  }
  return [...pathObservations(place), ...nameObservations(place), ...diskObservations(place)];
}

/** Certificates are judged where a draft says that they are: for domains with Client MX, and for targets of SRV (RFC 9525). */
function gravityOf({ from, optedIn }: ProbedPlace): ProbeSeverity {
  return optedIn === true || from === 'srv' ? 'error' : 'warning';
}

const PATH_RULES: Partial<Record<PathFaultCode, string>> = {
  expired: 'cert-expired',
  'not-yet-valid': 'cert-not-yet-valid',
  'self-signed': 'cert-self-signed',
  'extended-key-usage': 'cert-eku-server-missing',
  'name-not-permitted': 'cert-name-constraints',
  'name-excluded': 'cert-name-constraints',
};

const PATH_REQUIREMENTS: readonly string[] = ['CMX-1.2.1-h', 'CMX-1.2.2-b'];

function pathObservations(place: ProbedPlace): Observation[] {
  const { path, result } = place;
  if (path === undefined) return [];
  if (path.valid) {
    const root = path.path.at(-1)?.subject ?? '';
    const message = `its path ends in the trust anchor '${root}'`;
    return [{ rule: 'cert-path-invalid', requirements: PATH_REQUIREMENTS, state: 'holds', message }];
  }
  return [...path.faults, ...path.unverifiable].map((one) => {
    const alone = result.certificates.length === 1 && result.asSent;
    const missing =
      one.code === 'issuer-missing' ? (alone ? 'cert-chain-incomplete' : 'cert-not-public-ca') : undefined;
    return {
      rule: missing ?? PATH_RULES[one.code] ?? 'cert-path-invalid',
      requirements: PATH_REQUIREMENTS,
      state: 'fault',
      severity: gravityOf(place),
      message: describePathFault(one, path.path[one.index]?.subject),
    };
  });
}

function nameObservations(place: ProbedPlace): Observation[] {
  const { names, leaf, from, host, optedIn } = place;
  if (names.length === 0 || leaf === undefined) return [];
  const match = names.find((name) => carries(place, name));
  const requirements =
    from === 'srv' ? ['SRV-4-h3', 'SRV-5-a', 'AMB-S14'] : from === 'mx' ? ['CMX-1.2.3-b', 'AMB-3'] : ['CMX-1.2.3-b'];
  const own = names.find((name) => name.from === 'host' && carries(place, name));
  if (own !== undefined || match?.from === 'domain') {
    const name = (own ?? match)?.name ?? '';
    const weak = own === undefined || !own.insecure ? '' : ', which only DNS without DNSSEC leads to';
    return [{ rule: 'cert-server-name-not-in-mx', requirements, state: 'holds', message: `it names ${name}${weak}` }];
  }
  if (match !== undefined) {
    const message = `it names ${match.name} and not ${host}: senders that compare with the host they connect to refuse it; expected ${host}`;
    return [{ rule: 'cert-server-not-own-host', requirements, state: 'fault', severity: 'warning', message }];
  }
  const rule =
    from === 'srv'
      ? 'cert-srv-target-mismatch'
      : from === 'mx'
        ? 'cert-server-name-not-in-mx'
        : 'cert-server-not-own-host';
  const shown = shownNames(place);
  const covered = matchNames(dnsNames(names), leaf.facts).coveredByWildcard[0];
  const wildcard = covered === undefined ? '' : ` (${covered.wildcard} covers it, and the draft wants an exact name)`;
  return [
    {
      rule: covered === undefined ? rule : 'cert-wildcard-not-exact',
      requirements: covered === undefined ? requirements : ['CMX-1.2.3-a', 'AMB-4'],
      state: 'fault',
      severity: covered !== undefined && optedIn !== true ? 'warning' : gravityOf(place),
      message: `it names ${shown}; expected ${dnsNames(names).join(' or ')}${wildcard}`,
    },
  ];
}

function dnsNames(names: readonly ReferenceName[]): string[] {
  return [...new Set(names.filter(({ kind }) => kind === 'dns-id').map(({ name }) => name))];
}

function carries({ leaf }: ProbedPlace, { kind, name }: ReferenceName): boolean {
  if (leaf === undefined) return false;
  if (kind === 'dns-id') return matchNames([name], leaf.facts).host !== undefined;
  return leaf.facts.srvNames.some((one) => (normalizeHostName(one) ?? one.toLowerCase()) === name.toLowerCase());
}

const MOST_NAMES = 5;

function shownNames({ leaf }: ProbedPlace): string {
  const names = leaf === undefined ? [] : [...leaf.facts.dnsNames, ...leaf.facts.srvNames];
  if (names.length === 0) return 'no host';
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `${names.slice(0, MOST_NAMES).join(', ')}${more}`;
}

function diskObservations({ leaf, onDisk }: ProbedPlace): Observation[] {
  if (leaf === undefined || onDisk === undefined || onDisk.length === 0) return [];
  const same = onDisk.find(({ fingerprint }) => fingerprint === leaf.facts.fingerprintSha256);
  const rule = 'cert-config-drift';
  if (same !== undefined) return [{ rule, requirements: [], state: 'holds', message: `it is the one in ${same.file}` }];
  const files = onDisk.map(({ file, serial }) => `${file} (serial ${serial})`).join(', ');
  const message = `the certificate shown has serial ${leaf.facts.serialHex}, and on disk is ${files}: reload the mail server`;
  return [{ rule, requirements: [], state: 'fault', severity: 'warning', message }];
}
