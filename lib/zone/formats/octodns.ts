import { rdataToJson } from '../../rr/codec.ts';
import type { JsonValue } from '../../rr/kind.ts';
import { nameToText } from '../../rr/name.ts';
import { typeToText } from '../../rr/types.ts';
import type { Zone } from '../zone.ts';
import type { TakeLoss } from './loss.ts';
import { isPlainTarget, isPlainText, type PlainSet, plainSets, plainStrings } from './plain.ts';

/** Takes why the record at hand is held not quite. */
type Say = (why: string) => void;

type Data = Readonly<Record<string, JsonValue>>;

/** The value of a record as octoDNS writes it, or why it has none. */
type Value = JsonValue | { readonly why: string };

/** Types of which octoDNS has one value. */
const SINGLE = new Set(['CNAME', 'DNAME']);

const target =
  (field: string): ((data: Data) => Value) =>
  (data) =>
    data[field] ?? null;

const strings = (data: Data, say: Say): Value => {
  const { text, why = '' } = plainStrings(data.strings);
  if (text === undefined) return { why };
  if (text.includes('\\')) return { why: 'octoDNS leaves open what a backslash in a text means' };
  if (text.startsWith('"') || text.includes('" "')) return { why: 'octoDNS takes quotes in a text for its own' };
  if (why !== '') say(why);
  return text.replaceAll(';', '\\;');
};

/** The values by type; their members as octoDNS names them. */
const VALUES: Readonly<Record<string, (data: Data, say: Say) => Value>> = {
  A: ({ address = null }) => address,
  AAAA: ({ address = null }) => address,
  CAA: ({ flags = 0, tag = '', value }) =>
    isPlainText(value) ? { flags, tag, value } : { why: 'its value is no plain ASCII text' },
  CNAME: target('cname'),
  DNAME: target('target'),
  DS: ({ keyTag = 0, algorithm = 0, digestType = 0, digest = '' }) => ({
    algorithm,
    digest,
    digest_type: digestType,
    key_tag: keyTag,
  }),
  MX: ({ preference = 0, exchange = '' }) => ({ exchange, preference }),
  NS: target('nsdname'),
  OPENPGPKEY: ({ publicKey = '' }) => publicKey,
  PTR: target('ptrdname'),
  SPF: strings,
  SRV: ({ priority = 0, weight = 0, port = 0, target: host = '' }) => ({ port, priority, target: host, weight }),
  SSHFP: ({ algorithm = 0, fingerprintType = 0, fingerprint = '' }) => ({
    algorithm,
    fingerprint,
    fingerprint_type: fingerprintType,
  }),
  TLSA: ({ usage = 0, selector = 0, matchingType = 0, data = '' }) =>
    Number(usage) > 3 || Number(selector) > 1 || Number(matchingType) > 2
      ? { why: 'octoDNS knows the usages 0 to 3, selectors 0 and 1 and matching types 0 to 2 only' }
      : { certificate_association_data: data, certificate_usage: usage, matching_type: matchingType, selector },
  TXT: strings,
  URI: ({ priority = 0, weight = 0, target: uri }) =>
    isPlainText(uri) ? { priority, target: uri, weight } : { why: 'its target is no plain ASCII text' },
};

/** Fields that are names, of the types above; the root is one for those with `.` allowed. */
const TARGETS: Readonly<Record<string, { readonly field: string; readonly root?: true }>> = {
  CNAME: { field: 'cname' },
  DNAME: { field: 'target' },
  MX: { field: 'exchange', root: true },
  NS: { field: 'nsdname' },
  PTR: { field: 'ptrdname' },
  SRV: { field: 'target', root: true },
};

/**
 * The zone as the YAML file that the YamlProvider of octoDNS reads, keys in the order it enforces. What octoDNS cannot
 * say is lost; the SOA too, which it leaves to the name servers.
 */
export function zoneToOctodns(zone: Zone, lose: TakeLoss): string {
  const owners = new Map<string, string[]>();
  for (const set of plainSets(zone, 'octoDNS', lose)) {
    const lines = recordLines(zone, set, lose);
    if (lines === undefined) continue;
    const known = owners.get(set.owner);
    if (known === undefined) owners.set(set.owner, [lines]);
    else known.push(lines);
  }
  let text = `---\n# ${nameToText(zone.origin)}\n`;
  for (const owner of [...owners.keys()].sort(compareNaturally)) {
    text += `${JSON.stringify(owner)}:\n${(owners.get(owner) ?? []).join('')}`;
  }
  return owners.size === 0 ? `${text}{}\n` : text;
}

/** One element of the list below an owner. */
function recordLines(zone: Zone, set: PlainSet, lose: TakeLoss): string | undefined {
  const type = typeToText(set.type);
  const values: JsonValue[] = [];
  const held: number[] = [];
  for (const record of set.records) {
    const value = yamlValue(type, rdataToJson(set.type, zone.rdataOf(record)), (why) => lose(record, why));
    if (isLost(value)) lose(record, value.why);
    else {
      values.push(value);
      held.push(record);
    }
  }
  if (values.length === 0) return undefined;
  const head = `- ttl: ${set.ttl}\n  type: ${type}\n`;
  const [first = null] = values;
  if (SINGLE.has(type)) {
    for (const record of held.slice(1)) lose(record, `octoDNS has one ${type} at a name`);
    return `${head}  value: ${JSON.stringify(first)}\n`;
  }
  return `${head}  values:\n${values.map((value) => `  - ${flow(value)}\n`).join('')}`;
}

/** A value in one line of YAML, which JSON is, with blanks where YAML 1.1 wants them. */
function flow(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${key}: ${JSON.stringify(each)}`)
    .join(', ')}}`;
}

function yamlValue(type: string, data: Data, say: Say): Value {
  const make = Object.hasOwn(VALUES, type) ? VALUES[type] : undefined;
  if (type === 'SOA') return { why: 'octoDNS leaves the SOA to the name servers' };
  if (make === undefined) return { why: `octoDNS has no type ${type}, or its values are not written here` };
  if (typeof data.rdata === 'string') return { why: 'octoDNS has no generic RDATA' };
  const name = TARGETS[type];
  if (name === undefined || isTarget(data[name.field], name.root === true)) return make(data, say);
  return { why: `octoDNS does not take ${String(data[name.field])} as the target of ${type}` };
}

/** At least two labels; the root for some types. */
function isTarget(name: JsonValue | undefined, root: boolean): boolean {
  return (root && name === '.') || (isPlainTarget(name) && String(name).split('.').length > 2);
}

function isLost(value: Value): value is { readonly why: string } {
  return typeof value === 'object' && value !== null && 'why' in value;
}

/** Compares as natsort does: runs of digits by the number they are, all else by character. */
function compareNaturally(a: string, b: string): number {
  const left = a.split(/(\d+)/);
  const right = b.split(/(\d+)/);
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const one = left[index] ?? '';
    const other = right[index] ?? '';
    const order = index % 2 === 1 ? compareNumbers(one, other) : Number(one > other) - Number(one < other);
    if (order !== 0) return order;
  }
  return left.length - right.length || Number(a > b) - Number(a < b);
}

function compareNumbers(a: string, b: string): number {
  const left = a.replace(/^0+/, '');
  const right = b.replace(/^0+/, '');
  return left.length - right.length || Number(left > right) - Number(left < right);
}
