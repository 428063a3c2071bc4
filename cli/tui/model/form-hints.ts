import { type Field, phrase } from '../../../lib/rr/kind.ts';
import { KINDS } from '../../../lib/rr/kinds.ts';
import { typeRow } from '../../../lib/rr/types.ts';

/** What is worth knowing of fields beside what belongs in them, by their names; types share the words of their RFCs. */
const ADVICE: Readonly<Record<string, string>> = {
  owner: 'a name below the zone’s, or @ for the zone itself; without a final dot it is relative',
  ttl: 'seconds, or a period such as 1h30m; empty for that of its RRset or of $TTL (RFC 2308 §4)',
  preference: 'lower is tried first',
  exchange: 'a host with address records, never an alias (RFC 2181 §10.3); a lone dot accepts nothing (RFC 7505)',
  nsdname: 'a host with address records, never an alias (RFC 2181 §10.3)',
  cname: 'no other record may stand beside it (RFC 2181 §10.1)',
  mname: 'the server that the zone is edited on',
  rname: 'the mailbox of who is responsible, its @ written as a dot',
  serial: 'has to rise with every change (RFC 1982)',
  refresh: 'how often secondaries ask for a new serial',
  retry: 'how soon they ask again after no answer',
  expire: 'after how long without an answer they stop serving',
  minimum: 'how long it is remembered that a name does not exist (RFC 2308 §4)',
  priority: 'lower is tried first',
  weight: 'share among those of one priority (RFC 2782)',
  port: '0 to 65535',
  target: 'a host, never an alias; a lone dot means none',
  strings: 'each at most 255 octets, quoted where it has blanks',
  address: '',
  usage: '3 is the host’s own certificate, 2 an issuer (RFC 7671 §5)',
  certificateUsage: '3 is the host’s own certificate, 2 an issuer (RFC 7671 §5)',
  selector: '1 is the public key, 0 the whole certificate',
  matchingType: '1 is SHA-256, 2 is SHA-512, 0 the data itself',
  flags: '',
  tag: 'issue, issuewild, issuemail, iodef (RFC 8659 §4)',
};

/** The name of a field in words. */
export function fieldLabel(name: string): string {
  return name === 'ttl' ? 'TTL' : phrase(name);
}

/** What belongs in a field: what its kind takes, what is worth knowing, and where it is defined. */
export function fieldHint(name: string, field: Field | undefined, type: number): string {
  const advice = Object.hasOwn(ADVICE, name) ? (ADVICE[name] ?? '') : '';
  if (field === undefined) return advice;
  const { expected } = KINDS[field.kind];
  const reference = typeRow(type)?.reference;
  const source = reference === undefined || advice.includes('RFC') ? '' : ` (${reference})`;
  const optional = field.optional === true ? ', may be left out' : '';
  return `${expected}${optional}${advice === '' ? '' : `; ${advice}`}${source}`;
}
