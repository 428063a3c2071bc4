import { nameToText } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { lookAt } from '../../../zone/look.ts';
import { findBelowName } from '../../common-below.ts';
import { hostsOf } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import { SUBMISSION_PORTS } from '../../drafts.ts';
import type { Facts, MailTarget } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { tlsaOf } from './shared.ts';

/** A host has TLSA records for port 25 and none for the port of Implicit TLS that SRV announces (RFC 7673 §4.1). */
export const rule: Rule = {
  id: 'tlsa-missing-for-implicit-port',
  group: 'dane',
  level: 'warning',
  cites: ['RFC 7673 §3.2', 'SRV-7-f'],
  what: 'An _smtp-tls SRV record names a port of a host that has TLSA records for port 25 only.',
  why: 'Senders look for TLSA at the port they connect to, so for those that know the SRV record the protection is gone.',
  help: 'Publish the TLSA records for the announced port too.',
  fix: 'unsafe',
  bad: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1 ; expect
_25._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
_25._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
_842._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, host, port, starttls }) =>
    `SRV of ${domain} announces port ${port} of ${host}, which has TLSA records for port ${starttls} only; expected TLSA at _${port}._tcp.${host} too`,
  check(facts, report) {
    const { starttlsPort } = facts.drafts;
    const told = new Set<string>();
    for (const { owner, srv } of facts.mailDomains) {
      for (const target of hostsOf(srv)) {
        const { port, wire, record } = target;
        // Ports of submission are wrong in themselves, which smtp-tls-srv-submission-port tells.
        if (port === 0 || port === starttlsPort || SUBMISSION_PORTS.includes(port)) continue;
        if (tlsaOf(facts, wire, port) !== 'none') continue;
        const plain = tlsaOf(facts, wire, starttlsPort);
        const { host } = target;
        if (typeof plain !== 'object' || told.has(`${host} ${port}`)) continue;
        told.add(`${host} ${port}`);
        report.record(record, 'port', {
          args: { domain: bare(facts.nameText(owner)), host, port, starttls: starttlsPort },
          related: [
            { place: plain.facts.place(plain.records[0] ?? 0, 'entry'), message: `TLSA for port ${starttlsPort}` },
          ],
          fixes: copyFix(facts, target, starttlsPort),
        });
      }
    }
  },
};

/** Copies the records (or the alias) of port 25 behind themselves; none when that could change the record after them. */
function copyFix(facts: Facts, { wire, port, host, record }: MailTarget, from: number): readonly ProposedFix[] {
  const name = findBelowName(facts, wire, `_${from}`, '_tcp');
  const records =
    facts.rrset(name, TYPE.TLSA).length > 0 ? facts.rrset(name, TYPE.TLSA) : facts.rrset(name, TYPE.CNAME);
  const last = records.at(-1);
  if (last === undefined || records.some((each) => facts.fileOf(each) !== facts.fileOf(record))) return [];
  const look = lookAt(facts.zone, last);
  const { end } = look.entry;
  const after = facts.fileOf(last).bytes[end];
  // A record without owner of its own would take over the new one.
  if (!look.written || after === 0x20 || after === 0x09) return [];
  const lines = records.map((each) => {
    const type = facts.source(each, 'type');
    return `_${port}._tcp.${nameToText(wire)} ${type} ${facts.rdataText(each)}\n`;
  });
  const newline = facts.fileOf(last).bytes[end - 1] === 0x0a ? '' : '\n';
  return [
    {
      title: `publish the TLSA records of ${host} for port ${port} too`,
      safe: false,
      edits: [{ start: end, end, text: newline + lines.join('') }],
    },
  ];
}
