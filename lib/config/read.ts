import { posix } from 'node:path';
import { domainToASCII } from 'node:url';
import type { ExtendedKeyUsagePolicy } from '../certs/path-purpose.ts';
import type { CertificateRole } from '../certs/roles.ts';
import type { Drafts } from '../lint/drafts.ts';
import { PROFILES, type Profile } from '../lint/profiles.ts';
import type { Rule } from '../lint/rule.ts';
import { nameFromText } from '../rr/name.ts';
import { typeRow } from '../rr/types.ts';
import type { Severity } from '../text/diagnostic.ts';
import { nearest } from '../text/nearest.ts';
import {
  CONFIG_NAMES,
  type ConfigPart,
  type DraftSetting,
  type FormatSettings,
  LARGEST_CONFIG,
  type RuleLayer,
  type Sourced,
} from './config.ts';
import { globFault, patternFault } from './glob.ts';
import {
  type Complain,
  type Complaint,
  checkRuleWords,
  inTextOrder,
  readRuleSettings,
  shown,
} from './rule-settings.ts';
import { type ConfigNode, follow, memberOf, memberWay, type ParsedTree, plainValue, TextPlaces } from './tree.ts';
import { schemaFaults } from './validate.ts';

/** What a configuration file says, or every problem it has, one sentence each with file, line and column. */
export type ReadConfig = { readonly part: ConfigPart } | { readonly problems: readonly string[] };

/** Faults that are told of one file. */
const MOST_TOLD = 20;

/** Reads one configuration file without what it extends; never throws for what is in it. */
export async function readConfig(name: string, bytes: Uint8Array, rules: readonly Rule[]): Promise<ReadConfig> {
  const decoded = decode(bytes);
  if ('fault' in decoded) return { problems: [`${name} ${decoded.fault}`] };
  const { text } = decoded;
  const parsed = await parse(name, text);
  if ('problem' in parsed) return { problems: told(name, text, [parsed.problem]) };
  const reader = new PartReader(name, text, parsed.root, rules);
  const part = reader.part();
  return reader.problems.length > 0 ? { problems: told(name, text, inTextOrder(reader.problems)) } : { part };
}

function decode(bytes: Uint8Array): { readonly text: string } | { readonly fault: string } {
  if (bytes.length > LARGEST_CONFIG) return { fault: 'is larger than 1 MiB, the most a configuration may have' };
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { fault: 'is UTF-16 text: save it as UTF-8' };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? { fault: 'is a binary file, not a configuration' } : { text };
  } catch {
    return { fault: 'is no UTF-8 text' };
  }
}

async function parse(name: string, text: string): Promise<ParsedTree> {
  // The YAML package is large and most configurations are JSON.
  if (/\.ya?ml$/iu.test(name)) return (await import('./yaml.ts')).parseYaml(text);
  return (await import('./json.ts')).parseJson(text);
}

function told(name: string, text: string, problems: readonly Complaint[]): string[] {
  const places = new TextPlaces(text);
  const lines = problems.slice(0, MOST_TOLD).map(({ at, message }) => {
    const { line, column } = places.of(at);
    return `${name}:${line}:${column}: ${typeof message === 'string' ? message : message()}`;
  });
  const more = problems.length - MOST_TOLD;
  return more > 0 ? [...lines, `${name}: ${more} more ${more === 1 ? 'fault' : 'faults'} of this kind`] : lines;
}

/** Reads the members of one file; what is wrong is left out and complained of. */
class PartReader {
  readonly problems: Complaint[] = [];
  private readonly places: TextPlaces;
  private readonly name: string;
  private readonly root: ConfigNode;
  private readonly rules: readonly Rule[];
  private readonly complain: Complain = (at, message) => void this.problems.push({ at, message });

  constructor(name: string, text: string, root: ConfigNode, rules: readonly Rule[]) {
    this.name = name;
    this.root = root;
    this.rules = rules;
    this.places = new TextPlaces(text);
  }

  part(): ConfigPart {
    this.checkSchema();
    const top = this.layer(this.root, '');
    const overrides = memberOf(this.root, 'overrides')?.value;
    const items = overrides?.kind === 'list' ? overrides.items : [];
    const includeRoot = this.inside('includeRoot');
    const baseline = this.inside('baseline');
    const trust = this.sourced<string>(this.root, 'trust');
    const eku = this.sourced<ExtendedKeyUsagePolicy>(this.root, 'eku');
    const severity = this.sourced<Severity>(this.root, 'severity');
    const maxWarnings = this.sourced<number>(this.root, 'maxWarnings');
    return {
      extends: this.extended(),
      layers: [top, ...items.map((item, index) => this.layer(item, `overrides[${index}]`))],
      origins: this.origins(),
      ...(includeRoot && { includeRoot }),
      mtaStsPolicies: this.policies(),
      certificates: this.certificates(),
      ...(trust && { trust }),
      ...(eku && { eku }),
      ...(baseline && { baseline }),
      ...(severity && { severity }),
      ...(maxWarnings && { maxWarnings }),
      exclude: this.globs(this.root, 'exclude', '').map(({ value, at }) => ({ value, source: this.source(at) })),
      ...this.format(),
    };
  }

  private format(): { readonly format?: FormatSettings } {
    const node = memberOf(this.root, 'format')?.value;
    if (node?.kind !== 'map') return {};
    const lineWidth = this.sourced<number>(node, 'lineWidth');
    const blankLines = this.sourced<number>(node, 'blankLines');
    const sort = this.sourced<boolean>(node, 'sort');
    return { format: { ...(lineWidth && { lineWidth }), ...(blankLines && { blankLines }), ...(sort && { sort }) } };
  }

  private checkSchema(): void {
    for (const { path, clause, member } of schemaFaults('config', plainValue(this.root))) {
      const { node, way } = follow(this.root, path);
      const at = (member === undefined ? undefined : memberOf(node, member)?.at) ?? node.at;
      const place = member === undefined ? way : memberWay(way, member);
      this.complain(
        at,
        member === undefined ? `${place || 'the configuration'} ${clause}` : unknownMember(place, clause),
      );
    }
  }

  private layer(node: ConfigNode, way: string): RuleLayer {
    const here = (name: string): string => memberWay(way, name);
    const value = (name: string): ConfigNode | undefined => memberOf(node, name)?.value;
    const globs = way === '' ? [] : this.globs(node, 'files', way);
    const zones = way === '' ? [] : this.zones(value('zones'), here('zones'));
    const source = (at: number): string => this.source(at);
    checkRuleWords(value('select'), here('select'), this.rules, this.complain);
    checkRuleWords(value('ignore'), here('ignore'), this.rules, this.complain);
    const profile = this.profile(node, here('profile'));
    const select = this.sourced<readonly string[]>(node, 'select');
    const ignore = this.sourced<readonly string[]>(node, 'ignore');
    return {
      ...(globs.length > 0 && { files: globs.map((each) => each.value) }),
      ...(zones.length > 0 && { zones }),
      ...(profile && { profile }),
      ...(select && { select }),
      ...(ignore && { ignore }),
      rules: readRuleSettings(value('rules'), here('rules'), this.rules, source, this.complain),
      drafts: this.drafts(value('drafts'), here('drafts')),
    };
  }

  private profile(node: ConfigNode, way: string): Sourced<Profile> | undefined {
    const found = memberOf(node, 'profile');
    if (found === undefined || found.value.kind !== 'scalar' || typeof found.value.value !== 'string') return undefined;
    const word = found.value.value;
    const profile = PROFILES.find((each) => each === word);
    if (profile !== undefined) return { value: profile, source: this.source(found.at) };
    const guess = nearest(word, PROFILES);
    const hint = guess === undefined ? `expected one of ${PROFILES.join(', ')}` : `did you mean "${guess}"?`;
    this.complain(found.value.at, `${way} is ${shown(found.value)}, and there is no such profile; ${hint}`);
    return undefined;
  }

  private drafts(node: ConfigNode | undefined, way: string): readonly DraftSetting[] {
    if (node?.kind !== 'map') return [];
    return [...node.members.values()].flatMap(({ name, at, value }): DraftSetting[] => {
      if (value.kind !== 'scalar') return [];
      const source = this.source(at);
      // The schema has seen to the names and kinds.
      const setting = { name, value: value.value, source } as DraftSetting;
      if (setting.name === 'clientMxType') this.checkType(setting.value, value.at, memberWay(way, name));
      if (setting.name !== 'label' && setting.name !== 'protocol') return [setting];
      return [{ ...setting, value: String(setting.value).toLowerCase() satisfies Drafts['label'] }];
    });
  }

  private checkType(type: number, at: number, way: string): void {
    const row = Number.isInteger(type) ? typeRow(type) : undefined;
    const meta = type >= 128 && type <= 255;
    if (row !== undefined && row.generic === true) return;
    if (row !== undefined) this.complain(at, `${way} is ${type}, which is the type ${row.mnemonic}`);
    else if (meta) this.complain(at, `${way} is ${type}; types from 128 to 255 are for queries, not for records`);
  }

  private globs(node: ConfigNode, name: string, way: string): { readonly value: string; readonly at: number }[] {
    const found = memberOf(node, name)?.value;
    if (found?.kind !== 'list') return [];
    return found.items.flatMap((item, index) => {
      if (item.kind !== 'scalar' || typeof item.value !== 'string' || item.value === '') return [];
      const fault = globFault(item.value);
      if (fault !== undefined) this.complain(item.at, `${memberWay(way, name)}[${index}] ${fault}`);
      return [{ value: item.value, at: item.at }];
    });
  }

  private zones(node: ConfigNode | undefined, way: string): string[] {
    if (node?.kind !== 'list') return [];
    return node.items.flatMap((item, index) => {
      if (item.kind !== 'scalar' || typeof item.value !== 'string' || item.value === '') return [];
      const pattern = item.value;
      const fault = patternFault(pattern) ?? (/[*?[\]{}]/u.test(pattern) ? undefined : nameFault(pattern));
      if (fault !== undefined) this.complain(item.at, `${way}[${index}] ${fault}`);
      return [pattern.length > 1 ? pattern.replace(/\.$/u, '') : pattern];
    });
  }

  private origins(): ConfigPart['origins'] {
    const node = memberOf(this.root, 'origins')?.value;
    if (node?.kind !== 'map') return [];
    return [...node.members.values()].flatMap(({ name: glob, at, value }) => {
      if (value.kind !== 'scalar' || typeof value.value !== 'string') return [];
      const way = memberWay('origins', glob);
      const fault = globFault(glob);
      if (fault !== undefined) this.complain(at, `${way}: the glob ${fault}`);
      const zone = wireOf(value.value);
      if (typeof zone === 'string') this.complain(value.at, `${way} ${zone}`);
      return typeof zone === 'string' ? [] : [{ glob, zone, source: this.source(at) }];
    });
  }

  private policies(): ConfigPart['mtaStsPolicies'] {
    const node = memberOf(this.root, 'mtaStsPolicies')?.value;
    if (node?.kind !== 'map') return [];
    return [...node.members.values()].flatMap(({ name, at, value }) => {
      if (value.kind !== 'scalar' || typeof value.value !== 'string') return [];
      const way = memberWay('mtaStsPolicies', name);
      const fault = nameFault(name);
      if (fault !== undefined) this.complain(at, `${way}: the name ${fault}`);
      this.checkInside(value.value, value.at, way);
      const domain = name.toLowerCase().replace(/\.$/u, '');
      return [{ domain, path: value.value, source: this.source(at) }];
    });
  }

  private certificates(): ConfigPart['certificates'] {
    const node = memberOf(this.root, 'certificates')?.value;
    if (node?.kind !== 'list') return [];
    return node.items.flatMap((item) => {
      const path = this.sourced<string>(item, 'path');
      const roles = this.sourced<readonly CertificateRole[]>(item, 'roles')?.value ?? [];
      return path === undefined ? [] : [{ value: { path: path.value, roles }, source: path.source }];
    });
  }

  private extended(): ConfigPart['extends'] {
    const node = memberOf(this.root, 'extends')?.value;
    const items = node === undefined ? [] : node.kind === 'list' ? node.items : [node];
    return items.flatMap((item, index) => {
      if (item.kind !== 'scalar' || typeof item.value !== 'string') return [];
      const way = node?.kind === 'list' ? `extends[${index}]` : 'extends';
      const fault = extendsFault(item.value);
      if (fault !== undefined) this.complain(item.at, `${way} is ${shown(item)}; ${fault}`);
      return fault === undefined ? [{ value: item.value, source: this.source(item.at) }] : [];
    });
  }

  /** A path that may not lead out of the folder of the file: what is read or written there can be made public by a finding. */
  private inside(name: string): Sourced<string> | undefined {
    const found = memberOf(this.root, name);
    if (found?.value.kind !== 'scalar' || typeof found.value.value !== 'string') return undefined;
    this.checkInside(found.value.value, found.value.at, name);
    return { value: found.value.value, source: this.source(found.at) };
  }

  private checkInside(path: string, at: number, way: string): void {
    const normal = posix.normalize(path.replaceAll('\\', '/'));
    const outside = normal === '..' || normal.startsWith('../') || /^(?:\/|[A-Za-z]:)/u.test(normal);
    if (outside) this.complain(at, `${way} leads out of the folder of this file; only the command line may do that`);
  }

  /** The value of a member that the schema has looked at. */
  private sourced<T>(node: ConfigNode, name: string): Sourced<T> | undefined {
    const found = memberOf(node, name);
    return found && { value: plainValue(found.value) as T, source: this.source(found.at) };
  }

  private source(at: number): string {
    return `${this.name}:${this.places.line(at)}`;
  }
}

function unknownMember(place: string, clause: string): string {
  const hint = /; did you mean .*$/u.exec(clause)?.[0] ?? '';
  return `${place}: there is no such setting${hint}`;
}

function extendsFault(path: string): string | undefined {
  if (/^[a-z][a-z\d+.-]+:\/\//iu.test(path)) return 'only files can be extended, nothing is fetched from the network';
  if (/\.(?:json|ya?ml)$/iu.test(path)) return undefined;
  return `expected a file such as ${posix.join(posix.dirname(path), CONFIG_NAMES[0] ?? '')}`;
}

function nameFault(text: string): string | undefined {
  const wire = wireOf(text);
  return typeof wire === 'string' ? wire : undefined;
}

/** The wire form of a zone's name with or without its final dot, or what is wrong with it. */
function wireOf(text: string): Uint8Array | string {
  if (/[^\x20-\x7e]/u.test(text)) {
    const ascii = domainToASCII(text);
    return ascii === '' ? 'is no domain name' : `has letters that DNS does not know; write "${ascii}"`;
  }
  const read = nameFromText(text.endsWith('.') ? text : `${text}.`);
  return 'name' in read && !/\s/u.test(text) ? read.name : `is "${text}", expected a domain name such as example.net`;
}
