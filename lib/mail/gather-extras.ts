import { hexText } from '../rr/octets.ts';
import { TYPE } from '../rr/types.ts';
import type { Asker } from './asker.ts';
import type { DeliveryKnobs } from './delivery-knobs.ts';
import type { DnsAnswer } from './dns.ts';
import { findExchanges } from './exchanges.ts';
import type { ExtraChoice, Extras, TextFacts, TlsaFacts, TlsaRecord } from './gathered.ts';

/** A host and the ports it may be reached at. */
export interface GatheredHosts {
  readonly host: string;
  readonly ports: readonly number[];
}

/** Asks what policies and verdicts need, which no sender needs to deliver. */
export async function gatherExtras(
  domain: string,
  hosts: readonly GatheredHosts[],
  choice: readonly ExtraChoice[],
  asker: Asker,
  knobs: DeliveryKnobs,
): Promise<Extras> {
  const wanted = new Set(choice);
  const places = hosts.flatMap(({ host, ports }) => ports.map((port) => ({ host, port })));
  return {
    ...(wanted.has('client-mx') && { clientMx: await findExchanges(domain, 'client', asker, knobs.drafts) }),
    ...(wanted.has('server-mx') && { serverMx: await findExchanges(domain, 'server', asker) }),
    ...(wanted.has('tlsa') && { tlsa: await Promise.all(places.map(({ host, port }) => tlsa(host, port, asker))) }),
    ...(wanted.has('mta-sts') && { mtaSts: await text(`_mta-sts.${domain}`, asker) }),
    ...(wanted.has('tls-report') && { tlsReport: await text(`_smtp._tls.${domain}`, asker) }),
    ...(wanted.has('dmarc') && { dmarc: await text(`_dmarc.${domain}`, asker) }),
  };
}

/** The TLSA records of a server (RFC 7672 §2.2.3, RFC 7673 §3). */
async function tlsa(host: string, port: number, asker: Asker): Promise<TlsaFacts> {
  const name = `_${port}._tcp.${host}`;
  const answer = await asker.ask({ name, type: TYPE.TLSA });
  const records = answer.kind === 'records' ? answer.rdata.map(tlsaIn).filter((each) => each !== undefined) : [];
  return { name, host, port, ...stateOf(answer), records, security: answer.security };
}

function tlsaIn(rdata: Uint8Array): TlsaRecord | undefined {
  const [usage, selector, matching] = rdata;
  if (usage === undefined || selector === undefined || matching === undefined || rdata.length < 4) return undefined;
  return { usage, selector, matching, data: hexText(rdata, 3) };
}

async function text(name: string, asker: Asker): Promise<TextFacts> {
  const answer = await asker.ask({ name, type: TYPE.TXT });
  const texts = answer.kind === 'records' ? answer.rdata.map(joined) : [];
  return { name, ...stateOf(answer), texts, security: answer.security };
}

function stateOf(answer: DnsAnswer): Pick<TextFacts, 'state' | 'detail'> {
  if (answer.kind === 'failure') return { state: 'failed', detail: answer.detail };
  return { state: answer.kind === 'records' ? 'found' : 'absent' };
}

/** The character-strings of TXT put together without anything between them. */
function joined(rdata: Uint8Array): string {
  let whole = '';
  for (let at = 0; at < rdata.length; at += 1 + (rdata[at] ?? 0)) {
    for (const octet of rdata.subarray(at + 1, at + 1 + (rdata[at] ?? 0))) whole += String.fromCharCode(octet);
  }
  return whole;
}
