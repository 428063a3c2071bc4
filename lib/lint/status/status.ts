import { equalNames } from '../../rr/name.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { bareName, counted } from '../common-words.ts';
import type { Facts, MailDomain, MailTarget } from '../facts.ts';
import { Placing } from './findings.ts';
import { HostDrafts, signedDraft } from './hosts.ts';
import type { Draft, StatusFinding, StatusKind, StatusNode } from './node.ts';
import { policyDrafts } from './policies.ts';

/** How a mail domain stands: the tree of what it publishes and shows, and the findings of its zone that concern no part of it. */
export interface MailStatus {
  /** Lower-case text without the final dot. */
  readonly domain: string;
  readonly root: StatusNode;
  /** Findings that lie elsewhere in the zone. */
  readonly elsewhere: number;
}

/** What a status is made of. */
export interface StatusInput {
  /** The facts of the zone that the domain lies in. */
  readonly facts: Facts;
  /** Wire form of the mail domain. */
  readonly domain: Uint8Array;
  /** What lint found in the zone, and in other zones given. */
  readonly found: readonly Diagnostic[];
  say(finding: Diagnostic): string;
}

/** Works out how a mail domain stands: domain, MX, SRV and Client MX, their hosts, addresses, certificates, TLSA, and its policies. */
export function mailStatus({ facts, domain, found, say }: StatusInput): MailStatus {
  const mail = facts.mailDomains.find(({ owner }) => equalNames(facts.zone.names.wire(owner), domain));
  const hosts = new HostDrafts(facts);
  const placing = new Placing(facts, found, say);
  const name = bareName(domain).toLowerCase();
  const children = [
    placing.node(servers(facts, mail, hosts)),
    placing.node(services(facts, mail, hosts)),
    placing.node(senders(mail, hosts)),
    ...policyDrafts(facts, domain).map((draft) => placing.node(draft)),
    placing.node(signedDraft(facts)),
  ];
  const top = placing.node({ kind: 'domain', label: name, anchors: { rules: TOP } });
  const worst = ['broken', 'warning'] as const;
  const state = worst.find((each) => top.state === each || children.some((child) => child.state === each)) ?? 'ok';
  const root: StatusNode = { ...top, detail: readiness(children, top.findings), state, children };
  return { domain: name, root, elsewhere: placing.left.length };
}

/** Rules that speak of the domain as a whole. */
const TOP = /^(?:mx|client-mx|smtp-tls-srv|cert)-/u;

/** Every finding of a tree, the nearest to the root first. */
export function findingsIn(node: StatusNode): StatusFinding[] {
  return [...node.findings, ...node.children.flatMap(findingsIn)];
}

function readiness(children: readonly StatusNode[], own: readonly StatusFinding[]): string {
  const all = [...own, ...children.flatMap(findingsIn)];
  const errors = all.filter(({ severity }) => severity === 'error').length;
  const warnings = all.filter(({ severity }) => severity === 'warning').length;
  const said = [errors > 0 ? counted(errors, 'error') : '', warnings > 0 ? counted(warnings, 'warning') : ''].filter(
    Boolean,
  );
  const broken = children.some(({ state }) => state === 'broken') || errors > 0;
  const mark = broken ? 'not ready' : 'ready';
  return said.length === 0 ? mark : `${mark}: ${said.join(', ')}`;
}

function servers(facts: Facts, mail: MailDomain | undefined, hosts: HostDrafts): Draft {
  const label = 'MX';
  if (mail?.nullMx) return { kind: 'mx', label, detail: 'takes no mail (null MX)', anchors: own(facts, mail.mx) };
  return group('mx', label, mail?.mx ?? [], 'not published', (target) =>
    hosts.host(target, `${target.preference} ${target.host}`, 'server'),
  );
}

function services(facts: Facts, mail: MailDomain | undefined, hosts: HostDrafts): Draft {
  const { label, protocol, starttlsPort, implicitTlsPort } = facts.drafts;
  const targets = (mail?.srv ?? []).toSorted((one, other) => one.preference - other.preference);
  return group('srv', `${label}.${protocol} SRV`, targets, 'not published: senders use MX', (target) => {
    const odd = target.port === implicitTlsPort ? '' : ', port not of the draft';
    const tls = target.port === starttlsPort ? 'STARTTLS' : `TLS from the start${odd}`;
    return hosts.host(target, `${target.preference} ${target.host}:${target.port}`, 'server', tls);
  });
}

function senders(mail: MailDomain | undefined, hosts: HostDrafts): Draft {
  const absent = 'not published: certificates of senders are not checked';
  return group('client-mx', 'Client MX', mail?.clientMx ?? [], absent, (target) =>
    hosts.host(target, target.host, 'client'),
  );
}

function group(
  kind: StatusKind,
  label: string,
  targets: readonly MailTarget[],
  absent: string,
  draft: (target: MailTarget) => Draft,
): Draft {
  if (targets.length === 0) return { kind, label, detail: absent, state: 'absent' };
  return { kind, label, detail: counted(targets.length, 'host'), children: targets.map(draft) };
}

function own(facts: Facts, targets: readonly MailTarget[]): NonNullable<Draft['anchors']> {
  return { records: targets.map(({ record }) => ({ facts, record })) };
}
