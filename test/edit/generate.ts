import type { MailPlan, MailRecord, SpecFiles, SpecProblem } from '../../lib/edit/generate-plan.ts';
import { readMailSpec } from '../../lib/edit/generate-spec.ts';
import { wholeZoneText } from '../../lib/edit/generate-text.ts';
import { nameFromText } from '../../lib/rr/name.ts';
import { readZone } from '../../lib/zone/read.ts';
import type { Zone } from '../../lib/zone/zone.ts';

/** Files of specs that name none. */
const NO_FILES: SpecFiles = {
  certificates: () => ({ problem: 'there is no such file' }),
  dkim: () => ({ problem: 'there is no such file' }),
};

/** What a spec gives when its files are not there. */
export function specOf(
  value: unknown,
  files: SpecFiles = NO_FILES,
): { plan: MailPlan; problems: readonly SpecProblem[] } {
  return readMailSpec(value, { files });
}

/** The text of the first zone of a spec that nothing is wrong with. */
export function zoneTextOf(value: unknown, files: SpecFiles = NO_FILES): string {
  const { plan, problems } = specOf(value, files);
  const [zone] = plan.zones;
  if (problems.length > 0 || zone?.basics === undefined) throw new Error(JSON.stringify(problems));
  return wholeZoneText(zone, zone.basics, { serial: 2026112101, ...(plan.ttl !== undefined && { ttl: plan.ttl }) });
}

/** A zone text read. */
export function zoneOf(text: string, origin = 'example.net'): Zone {
  const name = nameFromText(`${origin}.`);
  if ('problem' in name) throw new Error(origin);
  return readZone({ name: `${origin}.zone`, bytes: new TextEncoder().encode(text), origin: name.name });
}

/** Every record that a plan asks for in its first zone, those that begin a zone too. */
export function recordsOf({ zones: [zone] }: MailPlan): readonly MailRecord[] {
  return [...(zone?.basics?.nameServers ?? []), ...(zone?.sections.flatMap(({ records }) => records) ?? [])];
}

/** The hosts and the beginning of a zone that mail settings are put beside. */
export const BASE: Readonly<Record<string, unknown>> & { readonly hosts: object } = {
  domain: 'example.net',
  zone: { nameServers: ['ns1', 'ns2'] },
  hosts: {
    ns1: ['192.0.2.1', '2001:db8:1::1'],
    ns2: ['198.51.100.1', '2001:db8:2::1'],
    mx1: ['192.0.2.10', '2001:db8:1::10'],
    mx2: ['198.51.100.10', '2001:db8:2::10'],
    out1: { ipv4: '192.0.2.25', ipv6: '2001:db8:1::25' },
    www: ['192.0.2.80', '2001:db8:1::80'],
  },
};

/** All settings at once. */
export const FULL: typeof BASE = {
  ...BASE,
  receives: ['mx1', 'mx2'],
  sends: ['out1'],
  smtpTls: 'implicit+backup',
  spf: 'fail',
  dkim: {
    s1: '1wfx4UA6nUACnTfEq+liqsFQVB1aosyA+2mFKc0EMN4=',
    s2: { cname: 's2.dkim.provider.example' },
  },
  dmarc: { policy: 'reject', reports: 'dmarc@example.net' },
  mtaSts: { mode: 'enforce', host: 'www' },
  tlsReports: ['tlsrpt@example.net', 'https://reports.example.net/tls'],
  caa: {
    issue: ['ca.example.org', 'ca.example.com; validationmethods=dns-01'],
    issuewild: 'none',
    iodef: 'hostmaster@example.net',
  },
  bimi: { location: 'https://www.example.net/logo.svg', evidence: 'https://www.example.net/logo.pem' },
  services: {
    submissions: 'mx1',
    imaps: ['mx1', { host: 'mx2', priority: 10 }],
    pop3s: 'none',
    sieve: 'mx1',
    jmap: 'www',
  },
  autoconfig: 'www',
  autodiscover: 'www',
  tlsa: [
    { host: 'mx1', ports: [25, 842], data: `3 1 1 ${'ab'.repeat(32)}` },
    { host: 'mx2', ports: [25, 842], data: [`3 1 1 ${'cd'.repeat(32)}`, `3 1 1 ${'ef'.repeat(32)}`] },
  ],
};
