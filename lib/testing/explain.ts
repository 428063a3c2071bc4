import { nameToText } from '../rr/name.ts';
import { CLASSES } from '../rr/types.ts';
import { answer } from '../server/answer.ts';
import type { AnswerOutcome, Exchange, ServerOptions, Transport } from '../server/exchange.ts';
import type { TestServer } from '../server/test-server.ts';
import { rcodeToText } from '../wire/codes.ts';
import { decodeMessage } from '../wire/decode.ts';
import { encodeMessage } from '../wire/encode.ts';
import { queryFor } from '../wire/message.ts';
import { lookup } from '../zone/lookup.ts';
import { type ExplainedRule, explainRules, ruleLine } from './explain-rules.ts';
import { hintsFor } from './hints.ts';
import { recordLine, typeName } from './records.ts';
import { typeOf } from './zone-edit.ts';
import { wireName } from './zone-source.ts';

/** What surrounds a question that is explained. */
export interface ExplainOptions {
  readonly transport?: Transport;
  /** 127.0.0.1 unless given. */
  readonly client?: string;
  readonly dnssecOk?: boolean;
  /** Whether the question has an OPT record, as unless told otherwise. */
  readonly edns?: boolean;
  readonly recursionDesired?: boolean;
  readonly now: number;
  readonly answers?: ServerOptions;
}

/** Why a question gets the answer it gets. */
export interface Explanation {
  /** Absolute. */
  readonly name: string;
  readonly type: string;
  /** Absolute name of the zone; undefined when none has the name. */
  readonly zone: string | undefined;
  readonly outcome: AnswerOutcome;
  readonly rcode: string;
  /** The longest name above it that exists in the zone; the name itself when that exists. */
  readonly closestEncloser: string | undefined;
  /** The wildcard that makes the answer. */
  readonly wildcard: string | undefined;
  /** The name exists only because names below it do. */
  readonly emptyNonTerminal: boolean;
  /** Types that the name has, or the wildcard that stands for it. */
  readonly types: readonly string[];
  /** What the zones answer, as lines of a zone file. */
  readonly answers: readonly string[];
  readonly authority: readonly string[];
  /** Every rule with whether it fits and, if not, why. */
  readonly rules: readonly ExplainedRule[];
  /** What may be meant instead, a sentence each. */
  readonly hints: readonly string[];
  /** All of it for people. */
  toString(): string;
}

/** Where a question leads in a zone. */
interface Found {
  readonly closestEncloser: string | undefined;
  readonly wildcard: string | undefined;
  readonly emptyNonTerminal: boolean;
  readonly types: readonly string[];
  /** A clause of what is there. */
  readonly said: string;
}

const NOTHING: Found = {
  closestEncloser: undefined,
  wildcard: undefined,
  emptyNonTerminal: false,
  types: [],
  said: 'no zone of this server has the name',
};

/** Why a question gets the answer it gets, from the zones and rules as they are; nothing is counted or remembered. */
export function explain(tested: TestServer, name: string, type: string, options: ExplainOptions): Explanation {
  const { transport = 'udp', client = '127.0.0.1', now, answers: settings = {} } = options;
  const question = { name: wireName(name), type: typeOf(type), class: CLASSES.IN };
  const edns = { udpSize: 1232, version: 0, dnssecOk: options.dnssecOk ?? false, flags: 0, options: [] };
  const withEdns = options.edns ?? true;
  const { recursionDesired = true } = options;
  const message = { ...queryFor(question, 0), recursionDesired, ...(withEdns && { edns }) };
  const query = octetsOf(message);
  const exchange: Exchange = { transport, client: { address: client, port: 0 }, now };
  const answered = answer(query, tested.zones, exchange, settings);
  const decoded = decodeMessage(answered.bytes ?? new Uint8Array(0));
  const reply = 'message' in decoded ? decoded.message : undefined;
  const { outcome, rcode = 0 } = answered.summary;
  const zone = tested.zones.nearest(question.name);
  const found = zone === undefined ? NOTHING : foundIn(zone.tree, question.name, question.type);
  const explanation = {
    name: nameToText(question.name),
    type: typeName(question.type),
    zone: zone === undefined ? undefined : nameToText(zone.origin),
    outcome,
    rcode: rcodeToText(rcode),
    ...found,
    answers: reply?.answer.map(recordLine) ?? [],
    authority: reply?.authority.map(recordLine) ?? [],
    rules: explainRules(tested.faults, query, answered, exchange),
    hints: hintsFor(tested.zones, question, outcome, found.types),
  };
  const { said, ...rest } = explanation;
  return { ...rest, toString: () => textOf(explanation, transport) };
}

function octetsOf(message: Parameters<typeof encodeMessage>[0]): Uint8Array {
  const encoded = encodeMessage(message);
  return 'bytes' in encoded ? encoded.bytes : new Uint8Array(0);
}

type Tree = Parameters<typeof lookup>[0];

function foundIn(tree: Tree, name: Uint8Array, type: number): Found {
  const { zone } = tree;
  const text = (id: number): string => nameToText(zone.names.wire(id));
  const types = (id: number): string[] => [
    ...new Set(tree.recordsAt(id).map((record) => typeName(zone.types[record] ?? 0))),
  ];
  const outcome = lookup(tree, name, type);
  const itself = { closestEncloser: nameToText(name), wildcard: undefined, emptyNonTerminal: false };
  switch (outcome.kind) {
    case 'outside':
      return NOTHING;
    case 'nxdomain': {
      const closestEncloser = text(outcome.closestEncloser);
      const said = `the name does not exist; closest encloser ${closestEncloser}, which has no wildcard below it`;
      return { ...itself, closestEncloser, types: [], said };
    }
    case 'referral':
      return {
        ...itself,
        closestEncloser: text(outcome.cut),
        types: types(outcome.cut),
        said: `delegated at ${text(outcome.cut)}`,
      };
    case 'rewrite': {
      const target = outcome.target === undefined ? 'a name that is too long' : nameToText(outcome.target);
      const closestEncloser = text(outcome.name);
      return {
        ...itself,
        closestEncloser,
        types: types(outcome.name),
        said: `DNAME at ${closestEncloser} leads to ${target}`,
      };
    }
    default: {
      const { wildcard } = outcome;
      const at =
        wildcard === undefined ? {} : { wildcard: text(wildcard), closestEncloser: text(wildcard).slice(2) || '.' };
      const via = wildcard === undefined ? '' : ` by the wildcard ${text(wildcard)}`;
      const has = types(outcome.name);
      const emptyNonTerminal = outcome.kind === 'nodata' && outcome.emptyNonTerminal;
      const alias = outcome.kind === 'alias' ? `, CNAME to ${nameToText(outcome.target)}` : '';
      const said = emptyNonTerminal
        ? 'the name exists only because names below it do (empty non-terminal)'
        : `the name exists${via} and has ${has.join(', ')}${alias}`;
      return { ...itself, ...at, emptyNonTerminal, types: has, said };
    }
  }
}

function textOf(explanation: Omit<Explanation, 'toString'> & { readonly said: string }, transport: Transport): string {
  const { name, type, zone, outcome, rcode, said, answers, authority, rules, hints } = explanation;
  const acting = rules.find(({ acts }) => acts);
  const turn = acting === undefined || acting.trigger === '' ? '' : ' in its turn';
  const verdict = `${rcode} (${outcome})${acting === undefined ? '' : `, then rule ${acting.id} acts${turn}`}`;
  return [
    `${type} ${name} over ${transport}: ${verdict}`,
    `  zone: ${zone ?? 'none'}`,
    `  ${said}`,
    ...answers.map((line) => `  answer: ${line}`),
    ...(answers.length === 0 ? authority.map((line) => `  authority: ${line}`) : []),
    ...rules.map((rule) => `  ${ruleLine(rule)}`),
    ...hints.map((hint) => `  hint: ${hint}`),
  ].join('\n');
}
