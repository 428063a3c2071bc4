import type { GivenCertificate } from '../../certs/load.ts';
import { certificateNames } from '../../certs/names.ts';
import type { CertificateRole } from '../../certs/roles.ts';
import { nameToText } from '../../rr/name.ts';
import { TYPE } from '../../rr/types.ts';
import { addressesOf, aliasAt, answering, standingAnywhere } from '../common-hosts.ts';
import { shownAt } from '../common-serving.ts';
import { bare, bareName, date, listed } from '../common-words.ts';
import type { Facts, MailTarget } from '../facts.ts';
import { tlsaOf } from '../rules/dane/shared.ts';
import type { Draft } from './node.ts';

const DAY = 86_400_000;

/** What is below the hosts of one domain: a host that several records name is told of once for each role. */
export class HostDrafts {
  readonly #facts: Facts;
  readonly #told = new Set<string>();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** The draft of a record that names a host, with its addresses, certificates and TLSA records. */
  host(target: MailTarget, label: string, role: CertificateRole, detail = ''): Draft {
    const facts = this.#facts;
    const anchors = { records: [{ facts, record: target.record }] };
    if (target.isNull) return { kind: 'host', label: '.', detail: 'no host: the service is not offered', anchors };
    const host = `${role} ${target.host}`;
    const port = `${host} ${target.port}`;
    const below = [
      ...(this.#told.has(host) ? [] : [this.#addresses(target), ...this.#certificates(target, role)]),
      ...(role === 'client' || this.#told.has(port) ? [] : [this.#tlsa(target)]),
    ];
    const again = this.#told.has(host) ? 'see above' : '';
    this.#told.add(host).add(port);
    return { kind: 'host', label, detail: [detail, again].filter(Boolean).join(', '), anchors, children: below };
  }

  #addresses(target: MailTarget): Draft {
    const facts = this.#facts;
    const label = 'addresses';
    const standing = standingAnywhere(facts, target);
    if (standing === 'elsewhere')
      return { kind: 'addresses', label, detail: 'in a zone that was not given', state: 'unknown' };
    if (standing === 'alias' || standing === 'below-dname') {
      const alias = aliasAt(facts, target);
      const to = alias?.outcome.target === undefined ? 'another name' : bareName(alias.outcome.target);
      return { kind: 'addresses', label, detail: `is an alias of ${to}` };
    }
    if (standing !== 'address') return { kind: 'addresses', label, detail: 'none', state: 'broken' };
    const home = addressesOf(facts, target.wire).length > 0 ? facts : (answering(facts, target.wire) ?? facts);
    const records = addressesOf(home, target.wire);
    const texts = records.map((record) => home.rdataText(record));
    return {
      kind: 'addresses',
      label,
      detail: listed(texts, 4),
      anchors: { records: records.map((record) => ({ facts: home, record })) },
    };
  }

  #certificates(target: MailTarget, role: CertificateRole): Draft[] {
    const facts = this.#facts;
    const label = `${role} certificate`;
    if (facts.certificates.length === 0)
      return [{ kind: 'certificate', label, detail: 'none was given', state: 'unknown' }];
    const mine = role === 'server' ? shownBy(facts, target) : sentWith(facts, target);
    if (mine.length === 0)
      return [{ kind: 'certificate', label, detail: 'none of those given is for this host', state: 'unknown' }];
    return mine.map((index) => ({
      kind: 'certificate',
      label,
      detail: certificateDetail(facts, index, role),
      anchors: { certificates: [index] },
    }));
  }

  #tlsa(target: MailTarget): Draft {
    const label = `TLSA of port ${target.port}`;
    const found = tlsaOf(this.#facts, target.wire, target.port);
    if (found === 'unknown')
      return { kind: 'tlsa', label, detail: whyUnknown(this.#facts, TYPE.TLSA), state: 'unknown' };
    if (found === 'none') return { kind: 'tlsa', label, detail: 'not published', state: 'absent' };
    const { facts, records } = found;
    const forms = records.map((record) => [...facts.rdata(record).subarray(0, 3)].join(' '));
    return {
      kind: 'tlsa',
      label,
      detail: listed([...new Set(forms)], 4),
      anchors: { records: records.map((record) => ({ facts, record })) },
    };
  }
}

/** The certificates that a receiving host shows on its port, those that have expired beside others included. */
function shownBy(facts: Facts, { wire, port }: MailTarget): readonly number[] {
  const { certificates, retired } = shownAt(facts, { host: wire, port, isMail: true });
  return [...certificates, ...retired];
}

/** The certificates that a sending host shows: by what their sources say, else by their names. */
function sentWith(facts: Facts, { host }: MailTarget): readonly number[] {
  return facts.certificates.flatMap(({ roles, binding, facts: own }, index) => {
    if (roles.length > 0 && !roles.includes('client')) return [];
    return (binding.hosts?.includes(host) ?? certificateNames(own).names.includes(host)) ? [index] : [];
  });
}

function certificateDetail(facts: Facts, index: number, role: CertificateRole): string {
  const given = facts.certificates[index] as GivenCertificate;
  const { notAfter } = given.facts;
  const days = Math.floor((notAfter - facts.now) / DAY);
  const left = days < 0 ? `expired on ${date(notAfter)}` : `${days} days left`;
  const path = facts.pathOf(index, role);
  const trust = path === undefined ? '' : path.valid ? ', trusted' : ', not trusted';
  return `${given.file}, ${left}${trust}`;
}

/** Why the zones given do not tell whether there is a record of a type. */
export function whyUnknown(facts: Facts, type: number): string {
  const unread = facts.mayBeBroken(type) || facts.mayBeBroken(TYPE.CNAME);
  return unread ? 'cannot be told: an entry of the zone cannot be read' : 'in a zone that was not given';
}

/** Whether a name of the domain's zone has DNSKEY records above it, as far as the zone tells. */
export function signedDraft(facts: Facts): Draft {
  const keys = facts.rrset(facts.zone.apex, TYPE.DNSKEY);
  const zone = bare(nameToText(facts.zone.origin));
  return {
    kind: 'dnssec',
    label: 'DNSSEC',
    detail: keys.length > 0 ? `${zone} is signed` : `${zone} has no DNSKEY record`,
    state: keys.length > 0 ? 'ok' : 'absent',
    anchors: { records: keys.map((record) => ({ facts, record })), rules: /^dnssec-|-no-dnssec$|-unsigned-zone$/u },
  };
}
