import type { GivenCertificate } from '../../lib/certs/load.ts';
import type { Certificate } from '../../lib/certs/path-member.ts';
import type { ExtendedKeyUsagePolicy } from '../../lib/certs/path-purpose.ts';
import { type SignatureMemory, signatureMemory } from '../../lib/certs/path-signatures.ts';
import type { CertificateRole } from '../../lib/certs/roles.ts';
import { type TrustStore, trustStore } from '../../lib/certs/trust.ts';
import { type PathVerdict, validatePath } from '../../lib/certs/validate-path.ts';

/** What the certificates of a run are judged by. */
export interface JudgeSetup {
  readonly certificates: readonly GivenCertificate[];
  /** The trust store, when one was given. */
  readonly anchors: readonly Certificate[] | undefined;
  readonly eku: ExtendedKeyUsagePolicy;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Issuers of other files that are tried for one certificate; no honest path is a tenth as long. */
const MOST_BORROWED = 64;

/** Judges the paths of the certificates of a run, each one once for a role and only when a rule asks. */
export class PathJudge {
  private readonly setup: JudgeSetup;
  private readonly anchors: TrustStore | undefined;
  private readonly memory: SignatureMemory = signatureMemory();
  private readonly nothing: TrustStore = trustStore([]);
  private readonly paths = new Map<GivenCertificate, Map<CertificateRole, PathVerdict>>();
  private readonly chains = new Map<GivenCertificate, Map<CertificateRole, PathVerdict>>();
  private issuers: ReadonlyMap<string, readonly Certificate[]> | undefined;

  constructor(setup: JudgeSetup) {
    this.setup = setup;
    this.anchors = setup.anchors && trustStore(setup.anchors);
  }

  /** Whether there is a trust store to judge by. */
  get trusts(): boolean {
    return this.anchors !== undefined;
  }

  /** The path to the trust store: by the issuers of the same file, and only if they do not lead there by those of other files. */
  path(given: GivenCertificate, role: CertificateRole): PathVerdict {
    return remembered(this.paths, given, role, () => {
      const trust = this.anchors ?? this.nothing;
      const own = this.validate(given, role, given.chain, trust);
      const last = own.path.at(-1);
      const borrowed = last === undefined || isAnchored(own) ? [] : this.issuersAbove(last.issuer);
      return borrowed.length === 0 ? own : this.validate(given, role, [...given.chain, ...borrowed], trust);
    });
  }

  /** The path within the file, whatever is trusted. */
  chain(given: GivenCertificate, role: CertificateRole): PathVerdict {
    return remembered(this.chains, given, role, () => this.validate(given, role, given.chain, this.nothing));
  }

  private validate(
    leaf: GivenCertificate,
    role: CertificateRole,
    others: readonly Certificate[],
    trust: TrustStore,
  ): PathVerdict {
    const { eku, now } = this.setup;
    return validatePath({ leaf, others, trust, role, eku, now, memory: this.memory });
  }

  /** CA certificates of any file that may stand above one with this issuer, nearest first. */
  private issuersAbove(issuer: string): readonly Certificate[] {
    this.issuers ??= issuersOf(this.setup.certificates);
    const found = new Set<Certificate>();
    const names = [issuer];
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      for (const one of this.issuers.get(name) ?? []) {
        if (found.size === MOST_BORROWED) return [...found];
        if (found.has(one)) continue;
        found.add(one);
        if (!one.facts.selfIssued) names.push(one.facts.issuer);
      }
    }
    return [...found];
  }
}

/** Whether a path ends in a trust anchor, right or wrong. */
function isAnchored({ faults }: PathVerdict): boolean {
  return !faults.some(({ code }) => code === 'issuer-missing' || code === 'self-signed' || code === 'too-long');
}

/** The issuers of all files by subject, each once. */
function issuersOf(certificates: readonly GivenCertificate[]): ReadonlyMap<string, readonly Certificate[]> {
  const seen = new Set<string>();
  const bySubject = new Map<string, Certificate[]>();
  for (const one of certificates.flatMap(({ chain }) => chain)) {
    const { fingerprintSha256, subject } = one.facts;
    if (seen.has(fingerprintSha256)) continue;
    seen.add(fingerprintSha256);
    const group = bySubject.get(subject);
    if (group === undefined) bySubject.set(subject, [one]);
    else group.push(one);
  }
  return bySubject;
}

function remembered<K, R, V>(known: Map<K, Map<R, V>>, one: K, role: R, make: () => V): V {
  const ofOne = known.get(one) ?? new Map<R, V>();
  known.set(one, ofOne);
  const before = ofOne.get(role);
  if (before !== undefined) return before;
  const made = make();
  ofOne.set(role, made);
  return made;
}
