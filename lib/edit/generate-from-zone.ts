import { canonicalRdata, printRdata } from '../rr/codec.ts';
import { equalNames, isWithin, labelsOf, nameKey, nameToText } from '../rr/name.ts';
import { TYPE, typeToText } from '../rr/types.ts';
import { LineTable } from '../text/lines.ts';
import type { Zone } from '../zone/zone.ts';
import { settingsOf } from './generate-from-domain.ts';
import { bareText } from './generate-names.ts';
import type { MailPlan } from './generate-plan.ts';
import { readMailSpec } from './generate-spec.ts';
import { joinedText } from './generate-wire.ts';
import { type SpecValue, yamlText } from './generate-yaml.ts';
import { behind, ZoneLook } from './generate-zone-look.ts';

/** Records that a spec leaves out and that are named one by one. */
const MOST_NAMED = 100;

type SpecMap = Record<string, SpecValue>;

/**
 * The mail spec of a zone as YAML: `generate` makes the mail records of the zone from it. What a spec cannot say follows in comments,
 * record by record. Takes what the zone says as it is, right or wrong; undefined for a zone whose name is no mail domain's.
 */
export function specOfZone(zone: Zone): string | undefined {
  const look = new ZoneLook(zone);
  const spec = withHosts(look, { ...domainsOf(look), ...tlsaOf(look) });
  const dropped = withoutFaults(spec, look);
  if (!('domain' in spec || 'domains' in spec)) return undefined;
  const plan = planOf(spec);
  const ttl = usualTtl(zone, plan);
  const head = `# The mail domains of the zone ${bareText(zone.origin)}: zonewright generate makes its mail records from this.\n`;
  const whole = { ...spec, ...(ttl === undefined ? {} : { ttl }) };
  const notes = [
    ...dropped.map((way) => `# ${way} is left out: a spec cannot say it as the zone does.`),
    ...policyNotes(spec),
  ];
  const more = notes.length === 0 ? '' : `\n${notes.join('\n')}\n`;
  return `${head}${yamlText(inOrder(whole))}${more}${restText(zone, plan, ttl)}`;
}

const ORDER = ['domain', 'ttl', 'zone', 'hosts', 'domains'];

function inOrder(spec: SpecMap): SpecMap {
  const names = [...ORDER.filter((name) => name in spec), ...Object.keys(spec).filter((name) => !ORDER.includes(name))];
  return Object.fromEntries(names.map((name) => [name, spec[name] as SpecValue]));
}

/** Each mail domain of the zone with its settings; those of a single one stand beside it. */
function domainsOf(look: ZoneLook): SpecMap {
  const { origin } = look.zone;
  const found = new Map<string, Uint8Array>([[nameKey(origin), origin]]);
  const add = (name: Uint8Array | undefined): void => {
    if (name !== undefined && isWithin(name, origin) && /^[\w.-]+$/.test(bareText(name)))
      found.set(nameKey(name), name);
  };
  for (const type of [TYPE.MX, TYPE.CLIENTMX]) for (const owner of look.owners(type)) add(owner);
  for (const owner of look.owners(TYPE.SRV)) add(behind(['_smtp-tls', '_tcp'], owner));
  for (const owner of look.owners(TYPE.TXT)) {
    add(behind(['_dmarc'], owner) ?? behind(['_mta-sts'], owner) ?? behind(['_smtp', '_tls'], owner));
  }
  const all = [...found.values()].map((name) => ({ name, settings: settingsOf(look, name) }));
  const domains = all.filter(({ name, settings }) => equalNames(name, origin) || Object.keys(settings).length > 0);
  const [only] = domains;
  const basics = basicsOf(look);
  if (domains.length === 1 && only !== undefined)
    return { domain: bareText(only.name).toLowerCase(), ...basics, ...only.settings };
  const members = domains.map(({ name, settings }) => [bareText(name).toLowerCase(), settings] as const);
  return { ...basics, domains: Object.fromEntries(members) };
}

function basicsOf(look: ZoneLook): SpecMap {
  const { origin } = look.zone;
  const [soa] = look.words(origin, TYPE.SOA);
  const servers = look.at(origin, TYPE.NS).map((rdata) => look.short(rdata));
  if (soa === undefined || servers.length === 0) return {};
  const [primary = '', hostmaster = '', , refresh, retry, expire, minimum] = soa.split(' ');
  const first = servers.findIndex(
    (name) => `${name === '@' ? bareText(origin) : name}` === primary || sameName(look, name, primary),
  );
  const ordered = first > 0 ? [...servers.splice(first, 1), ...servers] : servers;
  const [, local = '', domain = ''] = /^((?:\\.|[^.\\])+)\.(.+)\.$/.exec(hostmaster) ?? [];
  const mail = `${local.replace(/\\(.)/g, '$1')}@${domain}`.toLowerCase();
  const timers = { refresh, retry, expire, minimum };
  const usual: Record<string, string> = { refresh: '7200', retry: '1800', expire: '1209600', minimum: '3600' };
  const own = Object.entries(timers).filter(([name, value]) => value !== undefined && value !== usual[name]);
  return {
    zone: {
      nameServers: ordered,
      ...(mail === `hostmaster@${bareText(origin).toLowerCase()}` || domain === '' ? {} : { hostmaster: mail }),
      ...Object.fromEntries(own.map(([name, value]) => [name, Number(value)])),
    },
  };
}

function sameName(look: ZoneLook, short: string, whole: string): boolean {
  return (
    `${short}.${nameToText(look.zone.origin)}`.toLowerCase() === whole.toLowerCase() ||
    `${short}.` === whole.toLowerCase()
  );
}

/** The addresses of every host that the spec names, and of names that it takes for granted. */
function withHosts(look: ZoneLook, spec: SpecMap): SpecMap {
  const named = new Set<string>();
  const visit = (value: SpecValue): void => {
    if (typeof value === 'string') named.add(value);
    else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) visit(each);
  };
  visit(spec);
  const owners = new Map([...look.owners(TYPE.A), ...look.owners(TYPE.AAAA)].map((name) => [nameKey(name), name]));
  const texts = [...named]
    .filter((each) => each.startsWith('v=spf1'))
    .join(' ')
    .toLowerCase()
    .split(/[\s:]/);
  const hosts = [...owners.values()].filter((name) => {
    const label = labelsOf(name)[0]?.toLowerCase() ?? '';
    return (
      named.has(look.short(name)) ||
      ['mta-sts', 'autoconfig'].includes(label) ||
      texts.includes(bareText(name).toLowerCase())
    );
  });
  const members = hosts.map((name) => {
    return [look.short(name), [...look.words(name, TYPE.A), ...look.words(name, TYPE.AAAA)]] as const;
  });
  return members.length === 0 ? spec : { ...spec, hosts: Object.fromEntries(members) };
}

function tlsaOf(look: ZoneLook): SpecMap {
  const sets = new Map<string, { host: string; ports: number[]; data: readonly string[] }>();
  for (const owner of look.owners(TYPE.TLSA)) {
    const [first = '', second = ''] = labelsOf(owner);
    const host = behind([first.toLowerCase(), second.toLowerCase()], owner);
    const port = /^_(\d{1,5})$/.exec(first)?.[1];
    if (port === undefined || second.toLowerCase() !== '_tcp' || host === undefined || host.length <= 1) continue;
    const data = look.words(owner, TYPE.TLSA);
    const key = `${nameKey(host)} ${data.join()}`;
    const set = sets.get(key) ?? { host: look.short(host), ports: [], data };
    set.ports.push(Number(port));
    sets.set(key, set);
  }
  const list = [...sets.values()].map(({ host, ports, data }) => ({
    host,
    ports,
    data: data.length === 1 ? (data[0] ?? '') : data,
  }));
  return list.length === 0 ? {} : { tlsa: list };
}

/** Takes out of a spec what it cannot say, as its own reader sees it; the ways to what was taken out. */
function withoutFaults(spec: SpecMap, look: ZoneLook): string[] {
  const dropped: string[] = [];
  for (let round = 0; round < 1000; round++) {
    const [problem] = readMailSpec(spec, { files: NO_FILES, hasAddress: () => false }).problems;
    if (problem === undefined) break;
    if (problem.host !== undefined) {
      // Its addresses stand in another file, or nowhere: the zone names it all the same.
      spec['hosts'] = { ...(spec['hosts'] as SpecMap | undefined), [look.short(problem.host)]: [] };
      continue;
    }
    const tokens = problem.path
      .split('/')
      .slice(1)
      .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
    const way = remove(spec, tokens);
    if (way === undefined) break;
    dropped.push(way);
  }
  return dropped;
}

/** Takes out the member that a way leads into, at the level of a setting, of a host or of an item of a list. */
function remove(spec: SpecMap, tokens: readonly string[]): string | undefined {
  const [first = '', second, third] = tokens;
  if (!Object.hasOwn(spec, first)) return undefined;
  const inner = spec[first];
  const isInner = ['hosts', 'domains', 'dkim', 'services'].includes(first) && second !== undefined;
  if (isInner && typeof inner === 'object' && inner !== null && Object.hasOwn(inner, second)) {
    const map = inner as SpecMap;
    const settings = map[second];
    if (first === 'domains' && third !== undefined && typeof settings === 'object' && settings !== null) {
      delete (settings as SpecMap)[third];
      return `${third} of ${second}`;
    }
    delete map[second];
    if (Object.keys(map).length === 0) delete spec[first];
    return `${second} of ${first}`;
  }
  if (Array.isArray(inner) && first === 'tlsa' && second !== undefined) {
    const rest = inner.filter((_, index) => index !== Number(second));
    if (rest.length > 0) spec[first] = rest;
    else delete spec[first];
    return `a record of ${first}`;
  }
  delete spec[first];
  return first;
}

const NO_FILES = {
  certificates: (): { problem: string } => ({ problem: 'no files are read' }),
  dkim: (): { problem: string } => ({ problem: 'no files are read' }),
};

function planOf(spec: SpecMap): MailPlan {
  return readMailSpec(spec, { files: NO_FILES, hasAddress: () => false }).plan;
}

/** Records of a plan by owner, type and canonical data. */
function keysOf(plan: MailPlan): Set<string> {
  const keys = new Set<string>();
  for (const { sections, basics } of plan.zones) {
    const records = [...sections.flatMap((section) => section.records), ...(basics?.nameServers ?? [])];
    for (const { owner, type, rdata } of records) keys.add(keyOf(owner, type, rdata));
  }
  return keys;
}

function keyOf(owner: Uint8Array, type: number, rdata: Uint8Array): string {
  // How a text is cut into strings means nothing to those who read it.
  const data = type === TYPE.TXT ? joinedText(rdata) : canonicalRdata(type, rdata).join();
  return `${nameKey(owner)} ${type} ${data}`;
}

/** The TTL that most of the records in the spec have; undefined when that is the usual one. */
function usualTtl(zone: Zone, plan: MailPlan): number | undefined {
  const keys = keysOf(plan);
  const counts = new Map<number, number>();
  for (let record = 0; record < zone.count; record++) {
    if (!keys.has(keyOf(zone.ownerOf(record), zone.types[record] ?? 0, zone.rdataOf(record)))) continue;
    const ttl = zone.ttls[record] ?? 0;
    counts.set(ttl, (counts.get(ttl) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most === undefined || most[0] === 3600 ? undefined : most[0];
}

function policyNotes(spec: SpecMap): string[] {
  const all = [spec, ...Object.values((spec['domains'] as Record<string, SpecMap> | undefined) ?? {})];
  if (!all.some((each) => 'mtaSts' in each)) return [];
  return [
    '# mtaSts: the policy file is not in the zone; say its mode and maxAge, and take the id out to have a new one made.',
  ];
}

/** The records that the spec does not give, and TTLs that it would change. */
function restText(zone: Zone, plan: MailPlan, ttl: number | undefined): string {
  const keys = keysOf(plan);
  const rest: string[] = [];
  const tables = new Map<number, LineTable>();
  for (let record = 0; record < zone.count; record++) {
    const [owner, type, rdata] = [zone.ownerOf(record), zone.types[record] ?? 0, zone.rdataOf(record)];
    const hasOtherTtl = zone.ttls[record] !== (ttl ?? 3600);
    const isGiven = keys.has(keyOf(owner, type, rdata));
    if (type === TYPE.SOA || (isGiven && !hasOtherTtl)) continue;
    const file = zone.files[zone.fileOf[record] ?? 0];
    if (file === undefined) continue;
    const table = tables.get(zone.fileOf[record] ?? 0) ?? new LineTable(file.bytes);
    tables.set(zone.fileOf[record] ?? 0, table);
    const { line } = table.position(zone.entries[record] ?? 0);
    const words = `${nameToText(owner)} ${zone.ttls[record]} ${typeToText(type)} ${printRdata(type, rdata)}`;
    rest.push(
      `#   line ${line}: ${words.length > 160 ? `${words.slice(0, 157)}...` : words}${isGiven ? ' (its TTL alone)' : ''}`,
    );
  }
  if (rest.length === 0) return '';
  const more = rest.length > MOST_NAMED ? [`#   and ${rest.length - MOST_NAMED} more`] : [];
  return ['', '# Records of the zone that this does not make:', ...rest.slice(0, MOST_NAMED), ...more, ''].join('\n');
}
