import { parseDmarc, policyInForce } from '../../mail/dmarc.ts';
import { isSts, parseSts } from '../../mail/mta-sts.ts';
import { parsePolicy } from '../../mail/mta-sts-policy.ts';
import { isSpf } from '../../mail/spf.ts';
import { isTlsReport } from '../../mail/tls-report.ts';
import { parentOf } from '../../rr/name.ts';
import { TYPE } from '../../rr/types.ts';
import { bareName, listed } from '../common-words.ts';
import type { Facts } from '../facts.ts';
import { labelsBefore, textsAt } from '../rules/mail-dmarc/texts.ts';
import { whyUnknown } from './hosts.ts';
import type { Draft, StatusKind } from './node.ts';

/** The policies of a domain that speak of TLS or of who may send: one draft each, published or not. */
export function policyDrafts(facts: Facts, domain: Uint8Array): Draft[] {
  const name = bareName(domain);
  return [
    mtaSts(facts, domain, name),
    text(
      facts,
      labelsBefore(domain, '_smtp', '_tls'),
      'tls-report',
      'TLS reports',
      isTlsReport,
      /^tlsrpt-/u,
      shortened,
    ),
    text(facts, domain, 'spf', 'SPF', isSpf, /^spf-/u, shortened),
    text(facts, labelsBefore(domain, '_dmarc'), 'dmarc', 'DMARC', isDmarc, /^dmarc-|-dmarc-missing$/u, dmarcPolicy),
    caa(facts, domain),
  ];
}

function mtaSts(facts: Facts, domain: Uint8Array, name: string): Draft {
  const draft = text(facts, labelsBefore(domain, '_mta-sts'), 'mta-sts', 'MTA-STS', isSts, /^mtasts-/u, (found) => {
    return `id ${parseSts(found).id?.value ?? 'missing'}`;
  });
  const files = facts.policies.filter((policy) => policy.domain === name);
  const said = files.map(({ file }) => {
    const { mode, mx } = parsePolicy(file.bytes);
    const patterns = mx.map(({ pattern }) => pattern);
    return `${file.name}: mode ${mode ?? 'unreadable'}, ${listed(patterns, 3) || 'no mx'}`;
  });
  const detail = [draft.detail, ...said].filter(Boolean).join('; ');
  return { ...draft, detail, anchors: { ...draft.anchors, files: files.map(({ file }) => file.name) } };
}

/** A policy that is one TXT record. */
function text(
  facts: Facts,
  name: Uint8Array | undefined,
  kind: StatusKind,
  label: string,
  isOne: (text: string) => boolean,
  rules: RegExp,
  say: (text: string) => string,
): Draft {
  const found = name === undefined ? undefined : textsAt(facts, name);
  if (found === undefined || found.kind === 'unknown')
    return { kind, label, detail: whyUnknown(facts, TYPE.TXT), state: 'unknown', anchors: { rules } };
  const records = found.kind === 'none' ? [] : found.records;
  const mine = records.filter((record) => isOne(found.facts.text(record)));
  // A record that was meant as one and counts for nothing is still where its finding belongs.
  const meant = mine.length > 0 || kind === 'spf' ? mine : records;
  const anchors = { rules, records: meant.map((record) => ({ facts: found.facts, record })) };
  if (mine.length === 0) return { kind, label, detail: 'not published', state: 'absent', anchors };
  return { kind, label, detail: mine.map((record) => say(found.facts.text(record))).join(' | '), anchors };
}

function isDmarc(found: string): boolean {
  return parseDmarc(found).counts;
}

function dmarcPolicy(found: string): string {
  return `p=${policyInForce(parseDmarc(found)) ?? 'none'}`;
}

function shortened(found: string): string {
  return found.length > 60 ? `${found.slice(0, 60)}…` : found;
}

/** The CAA records that hold for the domain: its own, or those of the nearest name above in the zone (RFC 8659 §3). */
function caa(facts: Facts, domain: Uint8Array): Draft {
  const anchors = { rules: /^caa-/u };
  for (let name: Uint8Array | undefined = domain; name !== undefined; name = parentOf(name)) {
    const records = facts.rrset(facts.find(name), TYPE.CAA);
    if (records.length > 0) {
      const texts = records.map((record) => facts.rdataText(record));
      const placed = records.map((record) => ({ facts, record }));
      return {
        kind: 'caa',
        label: 'CA authorization',
        detail: listed(texts, 3),
        anchors: { ...anchors, records: placed },
      };
    }
    if (facts.find(name) === facts.zone.apex) break;
  }
  return { kind: 'caa', label: 'CA authorization', detail: 'not published', state: 'absent', anchors };
}
