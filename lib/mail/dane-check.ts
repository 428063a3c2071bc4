import type { Certificate } from '../certs/path-member.ts';
import { matchesTlsa } from '../certs/tlsa.ts';
import type { DnsAnswer } from './dns.ts';
import type { OtherPolicy } from './mtls-sender.ts';

/**
 * Whether what a server shows fits its TLSA records (RFC 7672 §2.2, §3.1): one that fits is enough, of usage 2 or 3 only.
 * Undefined when there is no record that a mail server could use, or when DNSSEC vouches for none and it has to.
 */
export function daneCheck(
  answer: DnsAnswer,
  chain: readonly Certificate[],
  needsSecure: boolean,
): OtherPolicy | undefined {
  if (answer.kind !== 'records' || (needsSecure && answer.security === 'insecure')) return undefined;
  const usable = answer.rdata.slice(0, MOST_RECORDS).filter(isUsable);
  if (usable.length === 0) return undefined;
  const holds = usable.some(([usage = 0, selector = 0, matching = 0, ...data]) =>
    matchesTlsa({ selector, matching, data: Uint8Array.from(data) }, chain, usage),
  );
  const count = usable.length === 1 ? 'the TLSA record' : `none of the ${usable.length} TLSA records`;
  const detail = `${count} of ${answer.question.name} ${usable.length === 1 ? 'does not fit' : 'fits'} the certificate`;
  return { holds, detail: holds ? `a TLSA record of ${answer.question.name} fits` : detail };
}

const MOST_RECORDS = 100;

function isUsable(rdata: Uint8Array): boolean {
  const [usage = 0, selector = 9, matching = 9] = rdata;
  return (usage === 2 || usage === 3) && selector <= 1 && matching <= 2 && rdata.length > 3;
}
