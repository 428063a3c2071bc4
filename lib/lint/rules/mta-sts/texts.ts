import { isSts, seemsSts } from '../../../mail/mta-sts.ts';
import { isTlsReport, seemsTlsReport } from '../../../mail/tls-report.ts';
import { TYPE } from '../../../rr/types.ts';
import { isHidden } from '../../common-hosts.ts';
import type { Facts } from '../../facts.ts';

/** The TXT records of one name where senders look for MTA-STS or for TLSRPT. */
export interface PolicyTexts {
  readonly owner: number;
  /** Name id of the domain they speak for. */
  readonly domain: number;
  readonly records: readonly number[];
}

/** Which of the two kinds of record. */
export type TextKind = 'sts' | 'report';

interface Found {
  readonly sts: readonly PolicyTexts[];
  readonly report: readonly PolicyTexts[];
  /** Texts of a kind at other names. */
  readonly strays: readonly { readonly kind: TextKind; readonly record: number }[];
}

/** The TXT records of MTA-STS and TLSRPT of the zone, looked for once for all rules. */
export function policyTexts(facts: Facts): Found {
  return facts.once(findTexts);
}

/** Whether senders take a text for a record of that kind. */
export const counts: Readonly<Record<TextKind, (text: string) => boolean>> = { sts: isSts, report: isTlsReport };

/** Whether a text was meant to be a record of that kind. */
export const seems: Readonly<Record<TextKind, (text: string) => boolean>> = { sts: seemsSts, report: seemsTlsReport };

function findTexts(facts: Facts): Found {
  const { zone, tree } = facts;
  const owners = { sts: new Map<number, number[]>(), report: new Map<number, number[]>() };
  const strays: { kind: TextKind; record: number }[] = [];
  for (const record of facts.records(TYPE.TXT)) {
    const owner = zone.owners[record] ?? 0;
    const kind = kindOf(facts, owner);
    if (kind === undefined && !mayBeStray(zone.rdata, zone.rdataStarts[record] ?? 0)) continue;
    if (isHidden(facts, owner)) continue;
    if (kind !== undefined) {
      const same = owners[kind].get(owner);
      if (same === undefined) owners[kind].set(owner, [record]);
      else same.push(record);
      continue;
    }
    const text = facts.text(record);
    const stray = seemsSts(text) ? 'sts' : seemsTlsReport(text) ? 'report' : undefined;
    if (stray !== undefined) strays.push({ kind: stray, record });
  }
  const parent = (name: number): number => tree.parent[name] ?? -1;
  return {
    sts: [...owners.sts].map(([owner, records]) => ({ owner, domain: parent(owner), records })),
    report: [...owners.report].map(([owner, records]) => ({ owner, domain: parent(parent(owner)), records })),
    strays,
  };
}

const STS_LABEL = '_mta-sts';
const REPORT_LABELS = ['_smtp', '_tls'] as const;

/** What the first labels of a name say that its TXT records are for. */
function kindOf(facts: Facts, name: number): TextKind | undefined {
  const { arena, offsets } = facts.zone.names;
  const start = offsets[name] ?? 0;
  if (arena[start + 1] !== 0x5f) return undefined;
  if (isLabel(arena, start, STS_LABEL)) return 'sts';
  const [first, second] = REPORT_LABELS;
  return isLabel(arena, start, first) && isLabel(arena, start + 1 + first.length, second) ? 'report' : undefined;
}

function isLabel(arena: Uint8Array, start: number, label: string): boolean {
  if (arena[start] !== label.length) return false;
  for (let at = 0; at < label.length; at++) {
    const octet = arena[start + 1 + at] ?? 0;
    const lower = octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet;
    if (lower !== label.charCodeAt(at)) return false;
  }
  return true;
}

/** First octets `v=st` or `v=tl`, in any letter case. */
function mayBeStray(rdata: Uint8Array, start: number): boolean {
  if (((rdata[start + 1] ?? 0) | 0x20) !== 0x76 || rdata[start + 2] !== 0x3d) return false;
  const third = (rdata[start + 3] ?? 0) | 0x20;
  const fourth = (rdata[start + 4] ?? 0) | 0x20;
  return (third === 0x73 && fourth === 0x74) || (third === 0x74 && fourth === 0x6c);
}

/** The one record of a kind at its name that senders take, -1 with none or several. */
export function effective(facts: Facts, { records }: PolicyTexts, kind: TextKind): number {
  const taken = records.filter((record) => counts[kind](facts.text(record)));
  return taken.length === 1 ? (taken[0] ?? -1) : -1;
}
