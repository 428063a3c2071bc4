/** Numbers that look random and are the same for one seed (Mulberry32). */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

type Random = (below: number) => number;

const LABELS = ['a', 'b', 'c', 'd', 'www', 'mx1', 'ns1', '_tcp', '*'] as const;
const UNKNOWN = ['x', 'zz', '0', '*', 'nope', 'A'] as const;

function pick<T>(random: Random, from: readonly T[]): T {
  return from[random(from.length)] as T;
}

/** A name below an origin, both without final dot. */
function path(random: Random, origin: string, depth = 3): string {
  const labels = Array.from({ length: 1 + random(depth) }, () => pick(random, LABELS));
  return [...labels, origin].join('.');
}

/** Where aliases and hosts lead: mostly into the zone, sometimes to a name that does not exist, another zone or outside. */
function target(random: Random, origins: readonly string[], owners: readonly string[]): string {
  const kind = random(10);
  if (kind < 6 && owners.length > 0) return pick(random, owners);
  if (kind < 8) return path(random, pick(random, origins));
  return kind === 8
    ? `${pick(random, UNKNOWN)}.${pick(random, owners.length > 0 ? owners : origins)}`
    : 'host.example.com';
}

function data(random: Random, origins: readonly string[], owners: readonly string[]): string[] {
  const host = (): string => `${target(random, origins, owners)}.`;
  const rows: (() => string)[] = [
    () => `A 192.0.2.${random(250)}`,
    () => `AAAA 2001:db8::${random(250)}`,
    () => `MX ${random(3) * 10} ${host()}`,
    () => `TXT "text ${random(9)}"`,
    () => `SRV 0 ${random(5)} 842 ${host()}`,
    () => `CAA 0 issue "ca${random(3)}.example"`,
    () => `TYPE265 \\# 3 000a00`,
    () => `PTR ${host()}`,
    () => `NAPTR 10 10 "a" "" "" ${host()}`,
    () => `TYPE65280 \\# 2 00${10 + random(80)}`,
  ];
  return [...new Set(Array.from({ length: 1 + random(3) }, () => pick(random, rows)()))];
}

/** A zone that servers load, as text, and the names it speaks of. */
export interface RandomZone {
  readonly origin: string;
  readonly text: string;
  readonly owners: readonly string[];
}

/** A zone with wildcards, empty non-terminals, aliases, DNAMEs, delegations, glue and what hides below them. */
export function randomZone(
  random: Random,
  origin: string,
  origins: readonly string[] = [origin],
  cuts: readonly string[] = [],
): RandomZone {
  const owners = [...new Set(Array.from({ length: 12 + random(14) }, () => path(random, origin)))];
  const lines = new Map<string, string[]>();
  const hidden = new Set<string>();
  const add = (owner: string, rows: readonly string[]): void => {
    lines.set(owner, [...(lines.get(owner) ?? []), ...rows]);
  };
  const below = (owner: string, above: string): boolean => owner.endsWith(`.${above}`);
  for (const owner of owners.sort((a, b) => a.split('.').length - b.split('.').length)) {
    if (lines.has(owner)) continue;
    if (cuts.some((cut) => owner === cut || below(owner, cut))) continue;
    if ([...hidden].some((name) => below(owner, name))) continue;
    const wild = owner.startsWith('*.');
    const kind = random(12);
    if (kind === 0) add(owner, [`CNAME ${target(random, origins, owners)}.`]);
    else if (kind === 1 && !wild) {
      add(owner, [`DNAME ${target(random, origins, owners)}.`, ...(random(2) ? ['TXT "beside"'] : [])]);
      hidden.add(owner);
    } else if (kind === 2 && !wild) addCut(owner);
    else if (kind === 3 && wild) add(owner, [`CNAME ${target(random, origins, owners)}.`]);
    else add(owner, data(random, origins, owners));
  }
  for (const cut of cuts) if (below(cut, origin)) addCut(cut);

  function addCut(owner: string): void {
    const servers = [
      `ns1.${owner}`,
      pick(random, [`ns2.${owner}`, `ns.${origin}`, 'ns.example.com', `${pick(random, LABELS)}.${origin}`]),
    ];
    add(
      owner,
      servers.map((server) => `NS ${server}.`),
    );
    if (random(2)) add(owner, [`DS 1 8 2 ${'ab'.repeat(32)}`]);
    add(`ns1.${owner}`, ['A 192.0.2.53', ...(random(2) ? ['AAAA 2001:db8::53'] : [])]);
    if (random(3) === 0) add(`d.${owner}`, ['TXT "hidden"']);
  }

  const rows = [...lines].flatMap(([owner, each]) => each.map((row) => `${owner}. ${row}`));
  const apex = [
    `$TTL ${300 + random(3) * 300}`,
    `${origin}. SOA ns.${origin}. host.${origin}. ${random(1000)} 7200 3600 1209600 ${100 + random(1000)}`,
    `${origin}. NS ns.${origin}.`,
    `ns.${origin}. A 192.0.2.1`,
    ...(random(2) ? [`${origin}. MX 10 mx1.${origin}.`] : []),
    ...(random(4) === 0 && !hidden.has(origin) ? [`${origin}. TXT "apex"`] : []),
  ];
  return { origin, text: `${[...apex, ...rows].join('\n')}\n`, owners: [origin, ...lines.keys()] };
}

const TYPES = [
  'A',
  'A',
  'AAAA',
  'MX',
  'TXT',
  'SRV',
  'NS',
  'SOA',
  'DS',
  'CNAME',
  'DNAME',
  'TYPE265',
  'NAPTR',
  'PTR',
  'CAA',
  'TYPE65280',
  'DNSKEY',
  'NSEC',
  'ANY',
] as const;

/** A name and type in, near or out of zones. */
export function randomQuestion(
  random: Random,
  zones: readonly RandomZone[],
): { readonly name: string; readonly type: string } {
  const zone = pick(random, zones);
  const owner = pick(random, zone.owners);
  const kind = random(20);
  let name = owner;
  if (kind >= 8 && kind < 13) name = `${pick(random, [...LABELS, ...UNKNOWN])}.${owner}`;
  else if (kind === 13) name = `${pick(random, UNKNOWN)}.${pick(random, LABELS)}.${owner}`;
  else if (kind === 14) name = owner.includes('.') ? owner.slice(owner.indexOf('.') + 1) : owner;
  else if (kind === 15) name = path(random, zone.origin, 4);
  else if (kind === 16) name = `${pick(random, UNKNOWN)}.${zone.origin}`;
  else if (kind === 17) name = owner.toUpperCase();
  else if (kind === 18) name = `${'l'.repeat(1 + random(63))}.${owner}`;
  else if (kind === 19 && random(4) === 0) name = 'www.example.com';
  return { name: `${name}.`, type: pick(random, TYPES) };
}
