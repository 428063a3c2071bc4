import { afterAll, describe, expect, test } from 'vitest';
import { nameToText } from '../../lib/rr/name.ts';
import { CLASSES, TYPE, typeToText } from '../../lib/rr/types.ts';
import { answer } from '../../lib/server/answer.ts';
import type { ServedZones } from '../../lib/server/served-zones.ts';
import { rcodeToText } from '../../lib/wire/codes.ts';
import type { Message } from '../../lib/wire/message.ts';
import { KEY, signed } from '../dnssec/signer.ts';
import { EDNS, exchange, line, messageOf, octets, query, served } from './dialogue.ts';
import { missing, type Peer, peersWith, type Texts } from './peers.ts';
import { type RandomZone, randomOf, randomQuestion, randomZone } from './random-zones.ts';

/** Queries for each set of zones, and how many sets of each sort: more with SERVER_QUERIES and SERVER_ZONES. */
const QUERIES = Number(process.env.SERVER_QUERIES ?? 150);
const ZONES = Number(process.env.SERVER_ZONES ?? 1);
const SEED = Number(process.env.SERVER_SEED ?? 1);

/** How servers may differ, and which section says who is right. */
interface Difference {
  readonly why: string;
  readonly holds: (difference: Compared) => boolean;
}

/** One query as it is answered by us, by us without following aliases into other zones, and by the others. */
interface Compared {
  readonly asked: Message;
  readonly own: Said;
  readonly within: Said;
  readonly theirs: Readonly<Record<string, Said>>;
  /** How many zones there are. */
  readonly zones: number;
}

/** What a server says as far as servers are compared. */
interface Said {
  readonly rcode: string;
  readonly aa: boolean;
  readonly answer: readonly string[];
  readonly authority: readonly string[];
}

/** Whether one server alone differs, in a way that is looked at, and all others say what we say. */
function onlyOne(name: string, { own, theirs }: Compared, way: (its: Said) => boolean): boolean {
  const its = theirs[name];
  const others = Object.entries(theirs).filter(([other]) => other !== name);
  return its !== undefined && others.every(([, each]) => key(each) === key(own)) && way(its);
}

/** Whether all is the same but the authority section, of which `part` has only some lines of `whole`. */
function isPartOf(part: Said, whole: Said): boolean {
  const lines = new Set(whole.authority);
  return (
    key({ ...part, authority: [] }) === key({ ...whole, authority: [] }) &&
    part.authority.every((each) => lines.has(each))
  );
}

const typeOf = ({ asked }: Compared): number => asked.questions[0]?.type ?? 0;
const denies = ({ authority }: Said, type: string): boolean => authority.some((each) => each.includes(` ${type} `));

/** Whether an answer to class ANY is the empty one of NSD, which has no SOA then. */
const isLeftOut = ({ asked }: Compared, { rcode, answer, authority }: Said): boolean =>
  asked.questions[0]?.class === CLASSES.ANY && rcode === 'NOERROR' && answer.length + authority.length === 0;

const EXPLAINED: readonly Difference[] = [
  {
    why: 'RFC 1035 §6.2: an answer to class ANY is never authoritative; BIND says FORMERR, Knot sets AA, NSD leaves the SOA out',
    holds: ({ asked, own, within, theirs }) =>
      asked.questions[0]?.class === CLASSES.ANY &&
      Object.values(theirs).every(
        (its) =>
          its.rcode === 'FORMERR' ||
          [own, within].some(({ rcode, answer }) => its.rcode === rcode && its.answer.length > 0 === answer.length > 0),
      ),
  },
  {
    why: 'RFC 8482 §4.1: for ANY each RRset of the name will do',
    holds: (each) =>
      typeOf(each) === TYPE.ANY &&
      Object.values(each.theirs).every(
        (its) => its.rcode === each.own.rcode && its.aa === each.own.aa && sameKind(its, each.own),
      ),
  },
  {
    why: 'RFC 6672 §3.2: BIND does not follow the alias that a DNAME makes for ANY',
    holds: (each) => {
      const { BIND, ...others } = each.theirs;
      if (typeOf(each) !== TYPE.ANY || BIND === undefined || !isStartOf(BIND, each.own)) return false;
      return Object.values(others).every((its) => key(its) === key(each.own) || isPartOf(its, each.own));
    },
  },
  {
    why: 'RFC 1034 §4.3.2 step 3a: an alias leads back to the choice of a zone; BIND and Knot stay in the first one',
    holds: ({ own, within, theirs }) =>
      own.answer.length > 0 &&
      Object.entries(theirs).every(
        ([name, its]) =>
          key(its) === key(own) ||
          key(its) === key(within) ||
          (name === 'Knot' && key(withoutReferral(its, within)) === key(within)),
      ),
  },
  {
    why: 'RFC 1034 §3.6.2: BIND signals a loop of aliases as SERVFAIL beside the same records',
    holds: (each) =>
      onlyOne(
        'BIND',
        each,
        (its) =>
          its.rcode === 'SERVFAIL' &&
          key({ ...its, rcode: each.own.rcode }) === key({ ...each.own, authority: its.authority }),
      ),
  },
  {
    why: 'RFC 6672 §3.2: a DNAME that leads below itself never ends; each server stops somewhere, BIND with SERVFAIL',
    holds: ({ own, theirs }) =>
      own.answer.length > 16 && Object.values(theirs).every((its) => isStartOf(its, own) || isStartOf(own, its)),
  },
  {
    why: 'RFC 4592 §2.2: NSD has one tree for all zones, in which glue of the parent hides wildcards of the child',
    holds: (each) => {
      const { own, within, theirs, zones } = each;
      const { NSD, ...others } = theirs;
      return (
        zones > 1 &&
        NSD !== undefined &&
        (isLeftOut(each, NSD) || NSD.authority.some((line) => /^(?:\S+\.)?sub\.example\.net\. /.test(line))) &&
        namesOf(each).some((name) => /(?:^|\.)(?:ns1|d)\.sub\.example\.net\.$/.test(name)) &&
        Object.values(others).every((its) => key(its) === key(own) || key(its) === key(within))
      );
    },
  },
  {
    why: 'RFC 4035 §2.5: NSEC stands beside a CNAME and is not asked for at its target, as NSD does where there is none',
    holds: (each) =>
      typeOf(each) === TYPE.NSEC && onlyOne('NSD', each, (its) => its.answer.length > each.own.answer.length),
  },
  {
    why: 'RFC 4035 §3.1.3.4: that a wildcard is an empty non-terminal has to be proven too; BIND and Knot leave it out',
    holds: ({ own, theirs }) =>
      own.rcode === 'NOERROR' &&
      denies(own, 'nsec') &&
      Object.values(theirs).every((its) => key(its) === key(own) || isPartOf(its, own)),
  },
  {
    why: 'RFC 4035 §3.1.3: NSD proves less, or of another name, when the name is one that a DNAME made',
    holds: (each) =>
      each.own.answer.some((line) => line.includes(' dname ')) &&
      onlyOne('NSD', each, (its) => key({ ...its, authority: [] }) === key({ ...each.own, authority: [] })),
  },
  {
    why: 'RFC 4035 §3.1.4.1: of a delegation DS alone is answered by the parent; BIND answers NSEC too',
    holds: (each) =>
      typeOf(each) === TYPE.NSEC && !each.own.aa && onlyOne('BIND', each, (its) => its.aa && its.answer.length > 0),
  },
  {
    why: 'RFC 4035 §3.1.3.3, RFC 5155 §7.2.6: Knot leaves out proofs where a name on the way begins with an asterisk',
    holds: (each) =>
      (denies(each.own, 'nsec') || denies(each.own, 'nsec3')) &&
      namesOf(each).some((name) => name.startsWith('*.')) &&
      onlyOne('Knot', each, (its) => isPartOf(its, each.own)),
  },
  {
    why: 'RFC 5155 §7.2.5: NSD leaves the closest encloser out when a wildcard has not the type',
    holds: (each) => denies(each.own, 'nsec3') && onlyOne('NSD', each, (its) => isPartOf(its, each.own)),
  },
  {
    why: 'RFC 5155 §7.2.3: the NSEC3 of a wildcard that was asked for by name is enough; NSD sends more',
    holds: (each) => denies(each.own, 'nsec3') && onlyOne('NSD', each, (its) => isPartOf(each.own, its)),
  },
  {
    why: 'RFC 5155 §7.2.1: the closest encloser that can be proven, where Opt-Out left the closest one out; BIND does the same, NSD and Knot something else',
    holds: ({ own, theirs: { BIND, ...others } }) =>
      denies(own, 'nsec3 1 1') &&
      key(BIND) === key(own) &&
      Object.values(others).every((its) => its.rcode === own.rcode),
  },
];

/** Whether an answer has the first records of another one and no more. */
function isStartOf(its: Said, own: Said): boolean {
  const lines = new Set(own.answer);
  return its.aa === own.aa && its.answer.length > 0 && its.answer.every((each) => lines.has(each));
}

/** The name asked for and all that aliases lead to. */
function namesOf({ asked, own }: Compared): string[] {
  const targets = own.answer.map((each) => / cname (\S+)$/.exec(each)?.[1]).filter((each) => each !== undefined);
  return [nameToText(asked.questions[0]?.name ?? new Uint8Array(1)).toLowerCase(), ...targets];
}

/** Knot refers to a zone below that it serves too: what is left of its answer without that. */
function withoutReferral(its: Said, within: Said): Said {
  const known = new Set(within.authority);
  const more = its.authority.filter((each) => !known.has(each));
  const refers = more.every((each) => / (ns|ds|nsec3?|rrsig (ds|nsec3?)) ?/.test(each));
  return refers ? { ...its, authority: its.authority.filter((each) => known.has(each)) } : its;
}

function sameKind(a: Said, b: Said): boolean {
  return a.answer.length > 0 === b.answer.length > 0;
}

function said(message: Message): Said {
  const lines = (records: Message['answer']): string[] => [...new Set(records.map((record) => full(record)))].sort();
  return {
    rcode: rcodeToText(message.rcode),
    aa: message.authoritative,
    answer: lines(message.answer),
    authority: lines(message.authority),
  };
}

function full(record: Message['answer'][number]): string {
  return line(record).toLowerCase();
}

/** Of a server that says nothing. */
const SILENCE: Said = { rcode: 'no reply', aa: false, answer: [], authority: [] };

const key = (each: Said | undefined): string => JSON.stringify(each);

interface Counts {
  asked: number;
  agreed: number;
  readonly explained: Record<string, number>;
  readonly wrong: string[];
}

async function compare(zones: readonly RandomZone[], texts: Texts, seed: number, dnssec: boolean): Promise<Counts> {
  const counts: Counts = { asked: 0, agreed: 0, explained: {}, wrong: [] };
  const ours = served(Object.fromEntries(Object.entries(texts).map(([origin, text]) => [`${origin}.`, text])));
  const peers = await peersWith(texts);
  try {
    const random = randomOf(seed);
    await checkLoaded(peers, texts);
    for (let done = 0; done < QUERIES; done += 20) {
      const questions = Array.from({ length: Math.min(20, QUERIES - done) }, () => randomQuestion(random, zones));
      await Promise.all(
        questions.map(async ({ name, type }, index) => {
          const edns = { ...EDNS, udpSize: 4096, dnssecOk: dnssec && random(4) > 0 };
          const rrClass = random(40) === 0 ? 'ANY' : 'IN';
          const asked = { ...query(`${name} ${type} ${rrClass}`), id: (done + index + 1) & 0xffff, edns };
          await judge(asked, ours, peers, counts);
        }),
      );
    }
  } finally {
    await Promise.all(peers.map((peer) => peer[Symbol.asyncDispose]()));
  }
  return counts;
}

/** A zone that a server does not load would count as a difference in every answer. */
async function checkLoaded(peers: readonly Peer[], texts: Texts): Promise<void> {
  for (const origin of Object.keys(texts)) {
    for (const peer of peers) {
      const { rcode } = messageOf(await peer.ask(octets(query(`${origin}. SOA`))));
      if (rcode !== 0) throw new Error(`${peer.name} does not load ${origin}:\n${texts[origin]}`);
    }
  }
}

/** Whether a wildcard below the child's apex is an empty non-terminal: two leave its proof out, NSD does not see the wildcard for glue. */
function twoReasonsAtOnce({ own, zones }: Compared): boolean {
  const proof = /^sub\.example\.net\. \d+ nsec \S+\.\*\.sub\.example\.net\. /;
  return zones > 1 && own.authority.some((each) => proof.test(each));
}

/** Why each server that differs does so; undefined when one does for no known reason. */
function explanation(each: Compared): string[] | undefined {
  const alike = Object.fromEntries(Object.keys(each.theirs).map((name) => [name, each.own]));
  const reasons = new Set<string>();
  for (const [name, its] of Object.entries(each.theirs)) {
    if (key(its) === key(each.own)) continue;
    const reason = EXPLAINED.find(({ holds }) => holds({ ...each, theirs: { ...alike, [name]: its } }));
    if (reason === undefined) return undefined;
    reasons.add(reason.why);
  }
  return [...reasons];
}

async function judge(asked: Message, zones: ServedZones, peers: readonly Peer[], counts: Counts): Promise<void> {
  const bytes = octets(asked);
  const own = said(messageOf(answer(bytes, zones, exchange(), { udpLimit: 4096 }).bytes));
  const replies = await Promise.all(peers.map((peer) => peer.ask(bytes)));
  const theirs: Record<string, Said> = {};
  for (const [index, peer] of peers.entries()) {
    const reply = replies[index];
    theirs[peer.name] = reply === undefined ? SILENCE : said(messageOf(reply));
  }
  counts.asked++;
  const kinds = new Set(Object.values(theirs).map(key));
  if (kinds.size === 1 && kinds.has(key(own))) {
    counts.agreed++;
    return;
  }
  const within = said(messageOf(answer(bytes, zones, exchange(), { udpLimit: 4096, followAcrossZones: false }).bytes));
  const compared = { asked, own, within, theirs, zones: zones.size };
  // Where the others agree we have to agree too.
  const reasons = kinds.size > 1 || twoReasonsAtOnce(compared) ? explanation(compared) : undefined;
  if (reasons !== undefined) for (const why of reasons) counts.explained[why] = (counts.explained[why] ?? 0) + 1;
  else counts.wrong.push(disagreement(asked, own, theirs));
}

/** One line for the question and one for each way it is answered, with those who answer so. */
function disagreement(asked: Message, own: Said, theirs: Readonly<Record<string, Said>>): string {
  const [question] = asked.questions;
  const ways = new Map<string, string[]>([[key(own), ['we']]]);
  for (const [name, each] of Object.entries(theirs)) ways.set(key(each), [...(ways.get(key(each)) ?? []), name]);
  const rrClass = question?.class === CLASSES.ANY ? ' ANY' : '';
  const name = question === undefined ? '' : `${nameToText(question.name)}${rrClass} ${typeToText(question.type)}`;
  return [
    `${name}${asked.edns?.dnssecOk ? ' DO' : ''}`,
    ...[...ways].map(([way, who]) => `  ${who.join(', ')}: ${way}`),
  ].join('\n');
}

/** Of all tests together; told at the end of the long mode. */
const total: Counts = { asked: 0, agreed: 0, explained: {}, wrong: [] };

function add(to: Counts, more: Counts): void {
  to.asked += more.asked;
  to.agreed += more.agreed;
  to.wrong.push(...more.wrong);
  for (const [why, count] of Object.entries(more.explained)) to.explained[why] = (to.explained[why] ?? 0) + count;
}

afterAll(() => {
  if (total.asked < 10_000) return;
  console.log(`${total.asked} queries, ${total.agreed} answered alike by all, ${total.wrong.length} not explained`);
  for (const [why, count] of Object.entries(total.explained)) console.log(`${count}  ${why}`);
});

/** One zone below another, and one apart. */
function threeZones(random: (below: number) => number): RandomZone[] {
  const origins = ['example.net', 'sub.example.net', 'example.org'];
  return origins.map((origin) =>
    randomZone(random, origin, origins, origin === 'example.net' ? ['sub.example.net'] : []),
  );
}

const absent = missing();
const CHAINS = {
  NSEC: { kind: 'nsec' },
  NSEC3: { kind: 'nsec3' },
  'NSEC3 with Opt-Out': { kind: 'nsec3', optOut: true, leaveOut: true, salt: 'abcd', iterations: 1 },
} as const;

describe.skipIf(absent.length > 0)(
  `beside BIND, NSD and Knot DNS${absent.length > 0 ? ` (missing: ${absent.join(', ')})` : ''}`,
  () => {
    test('unsigned zones, one below another', { timeout: 600_000 }, async () => {
      const wrong: string[] = [];
      for (let round = 0; round < ZONES; round++) {
        const zones = threeZones(randomOf(SEED * 1000 + round));
        const counts = await compare(
          zones,
          Object.fromEntries(zones.map(({ origin, text }) => [origin, text])),
          SEED + round,
          false,
        );
        add(total, counts);
        wrong.push(...counts.wrong);
      }
      expect(wrong.slice(0, 5).join('\n')).toBe('');
    });

    test.each(Object.entries(CHAINS))('zones signed with %s', { timeout: 600_000 }, async (_, chain) => {
      const wrong: string[] = [];
      for (let round = 0; round < ZONES; round++) {
        const zone = randomZone(randomOf(SEED * 1000 + round), 'example.net');
        const counts = await compare([zone], { 'example.net': signed(zone.text, chain) }, SEED + round, true);
        add(total, counts);
        wrong.push(...counts.wrong);
      }
      expect(wrong.slice(0, 5).join('\n')).toBe('');
    });

    test('a signed zone below a signed one, beside an unsigned one', { timeout: 600_000 }, async () => {
      const wrong: string[] = [];
      for (let round = 0; round < ZONES; round++) {
        const random = randomOf(SEED * 1000 + round);
        const zones = threeZones(random);
        const [above, below] = [0, 1].map(() => Object.values(CHAINS)[random(3)]);
        const texts = Object.fromEntries(
          zones.map(({ origin, text }, index) => {
            const chain = [above, below][index];
            return [origin, chain === undefined ? text : signed(text, chain, [KEY], `${origin}.`)];
          }),
        );
        const counts = await compare(zones, texts, SEED + round, true);
        add(total, counts);
        wrong.push(...counts.wrong);
      }
      expect(wrong.slice(0, 5).join('\n')).toBe('');
    });
  },
);
