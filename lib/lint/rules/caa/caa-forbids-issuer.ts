import { caaIssuerOf, issuingOrganization } from '../../../certs/caa-issuers.ts';
import type { CertificateFacts } from '../../../certs/facts.ts';
import { allowedIssuers, caaDecision, refusesIssuer } from '../../../mail/caa-issuance.ts';
import { isWithin, nameToText } from '../../../rr/name.ts';
import { typeToText } from '../../../rr/types.ts';
import { recordBehind } from '../../common-additions.ts';
import { fileLabel, namesOf, wireOf } from '../../common-certificates.ts';
import { bare, listed } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Details, ProposedFix, Report, Rule } from '../../rule.ts';
import { looksPublic } from '../certificates/shared.ts';
import { type Property, relevantSet, reportValue, valueFix } from './shared.ts';

const ISSUER = "CN=E7,O=Let's Encrypt,C=US";

/** CAA does not let the CA of a certificate in use issue it again (RFC 8659 §3). */
export const rule: Rule = {
  id: 'caa-forbids-issuer',
  group: 'caa',
  level: 'error',
  cites: ['RFC 8659 §3', 'RFC 8659 §4.2', 'RFC 8659 §4.3'],
  what: 'The CAA records for a name do not allow the CA that issued the certificate in use.',
  why: 'The certificate stays valid until it ends, but the CA must refuse to renew it, and then the host has none.',
  options: {
    issuers: {
      what: 'CAs that are not known by themselves, as "Organization=domain": the organization of the issuer, and the domain the CA looks for in CAA',
      default: [],
    },
  },
  help: 'Allow the CA in CAA before the next renewal, or have the next certificate issued by a CA that is allowed.',
  fix: 'unsafe',
  bad: {
    zone: `@ MX 10 mx1
@ CAA 0 issue "ca.example.org" ; expect
mx1 A 192.0.2.10
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], facts: { issuer: ISSUER } }],
  },
  good: {
    zone: `@ MX 10 mx1
@ CAA 0 issue "letsencrypt.org"
mx1 A 192.0.2.10
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], facts: { issuer: ISSUER } }],
  },
  say: ({ files, count, issuer, names, owner, tag, allowed, expected }) => {
    const found =
      tag === ''
        ? 'has a critical property no CA understands'
        : `allows ${allowed === '' ? 'nobody' : `only ${allowed}`}${tag === 'issuewild' ? ' for wildcards' : ''}`;
    return `${files} for ${names} ${count === 1 ? 'is' : 'are'} from ${issuer}, which may not issue ${count === 1 ? 'it' : 'them'} again, because CAA of ${owner} ${found}; expected ${expected} there before the renewal`;
  },
  needs: 'certificates',
  check(facts, report, settings) {
    const further = furtherIssuers(settings.words('issuers'));
    const told = new Map<string, Refusal>();
    facts.certificates.forEach((given, certificate) => {
      const issuer = issuerOf(given.facts, further);
      if (issuer === undefined) return;
      for (const name of namesOf(facts, certificate)) {
        const refused = refusal(facts, name, issuer);
        if (refused === undefined || isReplaced(facts, certificate, name)) continue;
        const { zone, by, tag } = refused;
        const key = `${nameToText(zone.zone.origin)} ${by.record} ${tag} ${issuer.name}`;
        const before = told.get(key) ?? { ...refused, issuer, certificates: [], names: [] };
        if (!before.certificates.includes(certificate)) before.certificates.push(certificate);
        if (!before.names.includes(name)) before.names.push(name);
        told.set(key, before);
      }
    });
    for (const refused of told.values()) tell(facts, report, refused);
  },
};

/** A CA in a sentence, and the domains it looks for; undefined where they are not known. */
interface Issuer {
  readonly name: string;
  readonly domains: readonly string[] | undefined;
}

/** The CAs the user has told, by their organization. */
function furtherIssuers(words: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    words.flatMap((word) => {
      const at = word.lastIndexOf('=');
      return at < 1
        ? []
        : [
            [
              word.slice(0, at).trim().toLowerCase(),
              word
                .slice(at + 1)
                .trim()
                .toLowerCase(),
            ] as const,
          ];
    }),
  );
}

/** The CA of a certificate; one that is not known counts when it looks like a public one, which every public CA refuses alike. */
function issuerOf(certificate: CertificateFacts, further: ReadonlyMap<string, string>): Issuer | undefined {
  const name = issuingOrganization(certificate);
  const told = name === undefined ? undefined : further.get(name.toLowerCase());
  if (name !== undefined && told !== undefined) return { name, domains: [told] };
  const known = caaIssuerOf(certificate);
  if (known !== undefined) return known;
  return name !== undefined && looksPublic(certificate) ? { name, domains: undefined } : undefined;
}

interface Refused {
  /** The zone the records stand in. */
  readonly zone: Facts;
  readonly set: readonly Property[];
  /** The property that refuses, the first one when none of several allows. */
  readonly by: Property;
  /** Whose say it was; empty for a critical property no CA understands. */
  readonly tag: string;
}

interface Refusal extends Refused {
  readonly issuer: Issuer;
  readonly certificates: number[];
  readonly names: string[];
}

/** Why a CA may not issue for a name of this zone, undefined when it may or nobody can tell (RFC 8659 §3). */
function refusal(facts: Facts, name: string, { domains }: Issuer): Refused | undefined {
  const isWildcard = name.startsWith('*.');
  const wire = wireOf(isWildcard ? name.slice(2) : name);
  if (wire === undefined || !isWithin(wire, facts.zone.origin) || facts.zoneFor(wire) !== facts) return undefined;
  const found = relevantSet(facts, wire);
  if (typeof found !== 'object') return undefined;
  const { facts: zone, set } = found;
  const decision = caaDecision(set, isWildcard);
  if (decision.kind === 'free') return undefined;
  if (decision.kind === 'unknown') return { zone, set, by: decision.by, tag: '' };
  const { by: deciding } = decision;
  const [by] = deciding;
  return refusesIssuer(allowedIssuers(deciding), domains) ? { zone, set: deciding, by, tag: by.tag } : undefined;
}

/** Whether a certificate has expired and another one has its name: nobody will renew it. */
function isReplaced(facts: Facts, certificate: number, name: string): boolean {
  const isOver = (index: number): boolean => facts.hasPassed(facts.certificates[index]?.facts.notAfter ?? 0);
  const others =
    facts
      .once(byName)
      .get(name)
      ?.filter((index) => index !== certificate) ?? [];
  return others.length > 0 && isOver(certificate) && !others.every(isOver);
}

function byName(facts: Facts): ReadonlyMap<string, readonly number[]> {
  const indexes = new Map<string, number[]>();
  facts.certificates.forEach((_, index) => {
    for (const name of namesOf(facts, index)) {
      const same = indexes.get(name);
      if (same === undefined) indexes.set(name, [index]);
      else same.push(index);
    }
  });
  return indexes;
}

function tell(facts: Facts, report: Report, { zone, set, by, tag, issuer, certificates, names }: Refusal): void {
  const allowed = set.flatMap(({ issue }) => (issue === undefined || issue.domain === '' ? [] : [issue.domain]));
  const expected = issuer.domains?.[0] ?? '';
  const details: Details = {
    args: {
      files: listed(certificates.map((one) => fileLabel(facts, one))),
      count: certificates.length,
      issuer: issuer.name,
      names: listed(names),
      owner: bare(zone.ownerText(by.record)),
      tag,
      allowed: listed([...new Set(allowed)]),
      expected: tag === '' ? 'none of that kind' : expected === '' ? `${tag} with its domain` : `${tag} "${expected}"`,
    },
  };
  // The records of another zone have places of their own.
  if (zone !== facts) {
    const related = [{ place: zone.place(by.record, 'entry'), message: 'the CAA record that counts' }];
    report.certificate(certificates[0] ?? 0, { ...details, related });
  } else if (tag === '') report.record(by.record, 'tag', details);
  else {
    const range = { start: by.issue?.domainStart ?? 0, end: by.issue?.domainEnd ?? 0 };
    reportValue(facts, report, by, range, { ...details, fixes: fixesFor(facts, set, by, expected) });
  }
}

/** Allows the CA: in place of nobody, else beside those that are allowed. */
function fixesFor(facts: Facts, set: readonly Property[], by: Property, domain: string): readonly ProposedFix[] {
  if (domain === '') return [];
  const title = `allow ${domain}`;
  if (set.length === 1 && by.issue?.domain === '' && by.issue.problems.length === 0) {
    const instead = valueFix(facts, by, { start: 0, end: by.value.length }, domain, { title, safe: false });
    if (instead.length > 0) return instead;
  }
  const { record } = set.at(-1) ?? by;
  const type = typeToText(facts.zone.types[record] ?? 0);
  const edit = recordBehind(facts, record, type, `0 ${by.tag} "${domain}"`);
  return edit === undefined ? [] : [{ title, safe: false, edits: [edit] }];
}
