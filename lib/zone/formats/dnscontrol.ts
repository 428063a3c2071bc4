import { rdataToJson } from '../../rr/codec.ts';
import type { JsonValue } from '../../rr/kind.ts';
import { nameToText } from '../../rr/name.ts';
import { typeToText } from '../../rr/types.ts';
import type { Zone } from '../zone.ts';
import type { TakeLoss } from './loss.ts';
import { isPlainTarget, isPlainText, plainSets, plainStrings } from './plain.ts';

type Data = Readonly<Record<string, JsonValue>>;

/** The fields that the function of each type takes behind the name. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  A: ['address'],
  AAAA: ['address'],
  CNAME: ['cname'],
  DHCID: ['data'],
  DNAME: ['target'],
  DNSKEY: ['flags', 'protocol', 'algorithm', 'publicKey'],
  DS: ['keyTag', 'algorithm', 'digestType', 'digest'],
  MX: ['preference', 'exchange'],
  NAPTR: ['order', 'preference', 'flags', 'services', 'regexp', 'replacement'],
  NS: ['nsdname'],
  PTR: ['ptrdname'],
  RP: ['mbox', 'txt'],
  SMIMEA: ['usage', 'selector', 'matchingType', 'data'],
  SOA: ['mname', 'rname', 'refresh', 'retry', 'expire', 'minimum'],
  SRV: ['priority', 'weight', 'port', 'target'],
  SSHFP: ['algorithm', 'fingerprintType', 'fingerprint'],
  TLSA: ['usage', 'selector', 'matchingType', 'data'],
};

/** Fields that are names of hosts. */
const TARGETS = new Set([
  'cname',
  'target',
  'exchange',
  'replacement',
  'nsdname',
  'ptrdname',
  'mbox',
  'txt',
  'mname',
  'rname',
]);

/** Tags of CAA that dnscontrol takes. */
const TAGS = new Set<JsonValue | undefined>(['issue', 'issuewild', 'iodef']);
const CRITICAL = 128;

/** The arguments of a record's function behind the name, or why there is none. */
type Arguments = readonly string[] | { readonly why: string };

/**
 * The zone as a dnsconfig.js for dnscontrol: one D() call, with a registrar and a provider that do nothing and are to be
 * changed. What dnscontrol cannot say is lost: unknown types, and the serial of the SOA, which it counts itself.
 */
export function zoneToDnscontrol(zone: Zone, lose: TakeLoss): string {
  const sets = plainSets(zone, 'dnscontrol', lose);
  const defaultTtl = mostFrequent(sets.map(({ ttl }) => ttl));
  const calls: string[] = [];
  const delegation: string[] = [];
  for (const { owner, type, ttl, records } of sets) {
    const mnemonic = typeToText(type);
    // The name servers of the zone itself are said to the registrar.
    const apexServers = mnemonic === 'NS' && owner === '';
    if (apexServers && ttl !== defaultTtl) delegation.push(`NAMESERVER_TTL(${ttl})`);
    const label = apexServers ? [] : [JSON.stringify(owner === '' ? '@' : owner)];
    const modifier = ttl === defaultTtl || apexServers ? [] : [`TTL(${ttl})`];
    for (const record of records) {
      const found = argumentsOf(mnemonic, rdataToJson(type, zone.rdataOf(record)), (why) => lose(record, why));
      if ('why' in found) {
        lose(record, found.why);
        continue;
      }
      if (mnemonic === 'SOA') lose(record, 'dnscontrol counts the serial itself');
      const call = `${apexServers ? 'NAMESERVER' : mnemonic}(${[...label, ...found, ...modifier].join(', ')})`;
      (apexServers ? delegation : calls).push(call);
    }
  }
  const domain = nameToText(zone.origin).replace(/(?<=.)\.$/, '');
  const head = `var REG_CHANGEME = NewRegistrar("none");\nvar DSP_CHANGEME = NewDnsProvider("bind");\n\n`;
  const lines = ['DnsProvider(DSP_CHANGEME)', `DefaultTTL(${defaultTtl})`, ...delegation, ...calls];
  return `${head}D(${JSON.stringify(domain)}, REG_CHANGEME,\n${lines.map((line) => `  ${line},\n`).join('')}END);\n`;
}

function argumentsOf(type: string, data: Data, say: (why: string) => void): Arguments {
  if (typeof data.rdata === 'string') return { why: `dnscontrol has no type ${type} and no generic RDATA` };
  if (type === 'TXT') {
    const { text, why = '' } = plainStrings(data.strings);
    if (text === undefined) return { why };
    if (why !== '') say(why);
    return [JSON.stringify(text)];
  }
  if (type === 'CAA') return caaArguments(data);
  const fields = Object.hasOwn(FIELDS, type) ? FIELDS[type] : undefined;
  if (fields === undefined) return { why: `dnscontrol has no type ${type}, or it is not written here` };
  const found: string[] = [];
  for (const field of fields) {
    const value = data[field];
    if (TARGETS.has(field) && value !== '.' && !isPlainTarget(value)) {
      return { why: `dnscontrol does not take ${String(value)} as a target` };
    }
    if (typeof value !== 'number' && !isPlainText(value)) return { why: `its ${field} is no plain ASCII text` };
    found.push(JSON.stringify(value));
  }
  return found;
}

function caaArguments({ flags, tag, value }: Data): Arguments {
  if (flags !== 0 && flags !== CRITICAL) return { why: 'dnscontrol has the CAA flags 0 and 128 only' };
  if (!TAGS.has(tag)) return { why: `dnscontrol has no CAA tag ${String(tag)}` };
  if (!isPlainText(value)) return { why: 'its value is no plain ASCII text' };
  return [JSON.stringify(tag), JSON.stringify(value), ...(flags === CRITICAL ? ['CAA_CRITICAL'] : [])];
}

/** The value met most often, of several the one met first; 300, the default of dnscontrol, when there is none. */
function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best), [300, 0])[0];
}
