import { TYPE } from '../rr/types.ts';
import type { Facts } from './facts.ts';

/** The SPF record of a name, -1 when it has none (RFC 7208 §4.5). */
export function spfRecord(facts: Facts, owner: number): number {
  return facts.rrset(owner, TYPE.TXT).find((record) => /^v=spf1(?: |$)/i.test(facts.text(record))) ?? -1;
}

/** Whether an SPF text lets anybody send: it has a directive beyond `all` and refusals, or a redirect (RFC 7208 §4.6). */
export function spfLetsSend(text: string): boolean {
  return text
    .split(' ')
    .slice(1)
    .some((term) => term !== '' && !term.startsWith('-') && !/^(?:[~?]all|exp=.*)$/i.test(term));
}
