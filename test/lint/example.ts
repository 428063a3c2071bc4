import { createHash } from 'node:crypto';
import { dnsNameFault } from '../../lib/certs/alternative-names.ts';
import type { CertificateFacts } from '../../lib/certs/facts.ts';
import type { GivenCertificate } from '../../lib/certs/load.ts';
import { keyPurpose } from '../../lib/certs/object-identifiers.ts';
import { pathFault } from '../../lib/certs/path-faults.ts';
import { type ActiveRule, type LintInput, lintZone } from '../../lib/lint/engine.ts';
import type { Facts, PolicyFile } from '../../lib/lint/facts.ts';
import type { Example, ExampleCertificate, ExamplePolicy } from '../../lib/lint/rule.ts';
import { RULES } from '../../lib/lint/rules.ts';
import { type FactsInput, type GivenZones, ZoneFacts } from '../../lib/lint/zone-facts.ts';
import { nameFromText, nameToText } from '../../lib/rr/name.ts';
import type { Diagnostic } from '../../lib/text/diagnostic.ts';
import { LineTable } from '../../lib/text/lines.ts';
import { readZone } from '../../lib/zone/read.ts';
import type { Zone } from '../../lib/zone/zone.ts';

/** The clock of all examples. */
export const NOW: number = Date.parse('2026-11-21T00:00:00Z');

/** What stands before the records of an example: a zone that every rule is content with. */
export const HEADER = `$ORIGIN example.net.
$TTL 3600
@ SOA ns1 hostmaster 2026112001 7200 3600 1209600 3600
@ NS ns1
@ NS ns2.example.org.
ns1 A 192.0.2.1
ns1 AAAA 2001:db8::1
`;

/** The text of an example as it is linted, and how many lines stand before its own. */
export function exampleText(example: Example): { text: string; before: number } {
  const own = example.zone.endsWith('\n') || example.whole ? example.zone : `${example.zone}\n`;
  return example.whole ? { text: own, before: 0 } : { text: HEADER + own, before: HEADER.split('\n').length - 1 };
}

/** Lints an example with the given rules; included files are never found. */
export function lintExample(example: Example, active: readonly ActiveRule[]): Diagnostic[] {
  const withOptions = active.map((one) => ({ ...one, ...(example.options && { options: example.options }) }));
  return lintZone(exampleInput(example), [...withOptions, ...othersOn(example, active)]);
}

/** What the zone of an example is linted with. */
export function exampleInput(example: Example): LintInput {
  const origin = nameFromText(`${example.origin ?? 'example.net'}.`);
  if ('problem' in origin) throw new Error('no origin');
  const bytes = new TextEncoder().encode(exampleText(example).text);
  const readInclude = (): { problem: string } => ({ problem: 'there is no such file' });
  const zone = readZone({ name: 'example.net.zone', bytes, origin: origin.name, readInclude });
  const certificates = (example.certificates ?? []).map((one) => given(one));
  const policies = policyFiles(example.policies, '');
  const before = beforeOf(example, origin.name);
  const zones = othersOf(example);
  const judgePath = judge(example.certificates);
  const input = { zone, certificates, certificateFiles: new Map(), now: NOW, policies, before, zones };
  return judgePath === undefined ? input : { ...input, judgePath };
}

/** The rules that are on beside that of the example. */
function othersOn({ rules = [] }: Example, active: readonly ActiveRule[]): ActiveRule[] {
  const others = RULES.filter(({ id }) => rules.includes(id) && !active.some(({ rule }) => rule.id === id));
  return others.map((rule) => ({ rule, severity: rule.level }));
}

/** The zone of an example as it was before. */
function beforeOf(example: Example, origin: Uint8Array): FactsInput['before'] {
  if (example.before === undefined) return undefined;
  const { text } = exampleText({ ...example, zone: example.before });
  const bytes = new TextEncoder().encode(text);
  const zone = readZone({ name: 'before/example.net.zone', bytes, origin });
  return { zone, policies: policyFiles(example.policiesBefore, 'before/') };
}

function policyFiles(policies: readonly ExamplePolicy[] = [], folder: string): PolicyFile[] {
  return policies.map(({ domain, text }) => {
    const bytes = new TextEncoder().encode(text.replace(/\r?\n/g, '\r\n'));
    return { domain, file: { name: `${folder}${domain}.mta-sts.txt`, bytes } };
  });
}

/** The other zones of an example, read as their own files. */
function othersOf(example: Example): GivenZones {
  const known = new Map<string, Zone>(
    (example.others ?? []).map(({ origin, zone }) => {
      const text = `$ORIGIN ${origin}.\n${HEADER.split('\n').slice(1).join('\n')}${zone}\n`;
      const wire = nameFromText(`${origin}.`);
      if ('problem' in wire) throw new Error(`${origin} is no name`);
      const read = readZone({ name: `${origin}.zone`, bytes: new TextEncoder().encode(text), origin: wire.name });
      return [`${origin}.`, read] as const;
    }),
  );
  const facts = new Map<string, Facts>();
  const zones: GivenZones = {
    at(wire) {
      const name = nameToText(wire).toLowerCase();
      const zone = known.get(name);
      if (zone === undefined) return undefined;
      const made = facts.get(name) ?? new ZoneFacts({ zone, now: NOW, zones });
      facts.set(name, made);
      return made;
    },
  };
  return zones;
}

/** Line of a finding within the example's own text, counted from 1; 0 when it lies in another file or in the header. */
export function lineInExample(example: Example, diagnostic: Diagnostic): number {
  if (diagnostic.place.file.name !== 'example.net.zone') return 0;
  const { line } = new LineTable(diagnostic.place.file.bytes).position(diagnostic.place.span.start);
  return Math.max(0, line - exampleText(example).before);
}

/** Lines of an example, counted from 1, that end in `; expect`. */
export function expectedLines(example: Example): number[] {
  return example.zone.split('\n').flatMap((line, index) => (/; expect\s*$/.test(line) ? [index + 1] : []));
}

/** A certificate as if it had been read from a file: what the example leaves out is healthy. */
export function given(certificate: ExampleCertificate): GivenCertificate {
  const purposes: Record<string, string> = { server: keyPurpose.serverAuth, client: keyPurpose.clientAuth };
  const dnsNames = certificate.dnsNames ?? [];
  const hash = createHash('sha256').update(JSON.stringify(certificate)).digest('hex');
  const facts: CertificateFacts = {
    serialHex: hash.slice(0, 16),
    subject: certificate.commonNames?.map((name) => `CN=${name}`).join(',') ?? '',
    issuer: 'CN=Example Issuing CA,O=Example',
    subjectCommonNames: certificate.commonNames ?? [],
    dnsNames,
    invalidDnsNames: dnsNames.flatMap((name) => {
      const reason = dnsNameFault(name);
      return reason === undefined ? [] : [{ name, reason }];
    }),
    ipAddresses: certificate.ipAddresses ?? [],
    emailAddresses: [],
    srvNames: [],
    hasSan: dnsNames.length > 0 || (certificate.ipAddresses ?? []).length > 0,
    extendedKeyUsage: certificate.extendedKeyUsage?.map((word) => purposes[word] ?? word),
    keyUsage: certificate.keyUsage ?? ['digitalSignature'],
    isCa: certificate.isCa ?? false,
    notBefore: Date.parse(certificate.notBefore ?? '2026-10-01T00:00:00Z'),
    notAfter: Date.parse(certificate.notAfter ?? '2027-04-18T00:00:00Z'),
    selfIssued: false,
    selfSigned: false,
    keyType: certificate.keyType ?? 'ec',
    keyBits: certificate.keyBits ?? 256,
    curve: (certificate.keyType ?? 'ec') === 'ec' ? 'P-256' : undefined,
    rsaExponent: certificate.keyType === 'rsa' ? 65_537n : undefined,
    signatureAlgorithm: certificate.signatureAlgorithm ?? 'ecdsa-with-SHA256',
    signatureHash: /sha1/i.test(certificate.signatureAlgorithm ?? '') ? 'sha1' : 'sha256',
    fingerprintSha256: hash,
    spkiSha256: hash,
    criticalUnknownExtensions: [],
    mustStaple: false,
    hasScts: true,
    policies: [],
  };
  const all = { ...facts, ...certificate.facts };
  const issuer = { subject: facts.issuer, issuer: 'CN=Example Root', isCa: true, dnsNames: [], hasScts: false };
  const chain = (certificate.chain ?? [issuer]).map((one, at) => {
    const fingerprintSha256 = `${at}${hash.slice(1)}`;
    return { facts: { ...facts, fingerprintSha256, ...one }, der: new Uint8Array() };
  });
  const roleSource = certificate.roles.length > 0 ? 'given' : 'none';
  const span = { start: 0, end: 0 };
  const index = certificate.index ?? 0;
  return {
    file: certificate.file,
    index,
    span,
    facts: all,
    der: new Uint8Array(),
    chain,
    roles: certificate.roles,
    roleSource,
    hasKey: certificate.key?.file === certificate.file,
    ...(certificate.key && { key: certificate.key }),
    binding: certificate.binding ?? {},
  };
}

/** What path validation would say of the certificates of an example; undefined when none of them was judged. */
export function judge(certificates: readonly ExampleCertificate[] = []): FactsInput['judgePath'] {
  if (certificates.every(({ pathFaults }) => pathFaults === undefined)) return undefined;
  const byFile = new Map(certificates.map((one) => [one.file, one.pathFaults ?? []]));
  return ({ file, facts, chain }) => {
    const faults = (byFile.get(file) ?? []).map(({ code, index, args }) => pathFault(code, index, args));
    const path = [facts, ...chain.map((issuer) => issuer.facts)];
    return { valid: faults.length === 0, path, faults, unverifiable: [], deviations: [] };
  };
}
