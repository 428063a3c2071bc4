import { concatNames, lowerName, nameFromText, ROOT } from '../../rr/name.ts';
import { CLASSES, TYPE } from '../../rr/types.ts';
import { nearest } from '../../text/nearest.ts';
import { RCODE } from '../../wire/codes.ts';
import { u32At } from '../../wire/header.ts';
import type { Question, ResourceRecord } from '../../wire/message.ts';
import type { ActionKind } from './action-kind.ts';
import { type Draft, empty, type OpenMessage } from './draft.ts';
import type { FaultAction } from './fault.ts';
import { type FaultProblems, shownValue } from './problems.ts';
import { nameOf } from './selector.ts';
import { readRecords, recordsFor } from './zone-text.ts';

type Kind<Name extends keyof FaultAction> = ActionKind<NonNullable<FaultAction[Name]>>;

/** RCODEs by which a server speaks for its zone. */
const OF_ZONE: ReadonlySet<number> = new Set([RCODE.NOERROR, RCODE.NXDOMAIN, RCODE.YXDOMAIN]);

/** The whole answer is a code. */
export const rcodeAction: Kind<'rcode'> = {
  edit(given, path, problems) {
    const rcode = typeof given === 'number' ? problems.whole(path, given, 0, 4095) : rcodeOf(path, given, problems);
    if (rcode === undefined) return undefined;
    return (draft) => draft.edit((message) => coded(message, rcode));
  },
};

/** Makes a message the bare code. */
export function coded(message: OpenMessage, rcode: number): void {
  empty(message);
  message.rcode = rcode;
  message.truncated = false;
  if (!OF_ZONE.has(rcode)) message.authoritative = false;
}

function rcodeOf(path: string, given: unknown, problems: FaultProblems): number | undefined {
  const word = String(given).toUpperCase();
  const known = Object.entries(RCODE).find(([name]) => name === word)?.[1];
  if (known !== undefined) return known;
  const digits = /^(?:RCODE)?(\d{1,4})$/u.exec(word)?.[1];
  if (digits !== undefined && Number(digits) <= 4095) return Number(digits);
  const near = nearest(word, Object.keys(RCODE));
  const hint = near === undefined ? 'expected one such as SERVFAIL or a number up to 4095' : `did you mean ${near}?`;
  return problems.say(path, `is ${shownValue(given)}, which is no RCODE; ${hint}`);
}

/** The name, or the type, does not exist (RFC 2308 §2). */
export const denyAction: Kind<'deny'> = {
  edit(given, path, problems) {
    const what = problems.word(path, given, ['nodata', 'nxdomain'] as const);
    if (what === undefined) return undefined;
    return (draft) =>
      draft.edit((message) => {
        const zone = zoneOf(draft, message);
        coded(message, what === 'nodata' ? RCODE.NOERROR : RCODE.NXDOMAIN);
        message.authoritative = true;
        message.authority = zone?.soaOfDenial.records ?? [];
      });
  },
};

function zoneOf({ zones }: Draft, { questions: [question] }: OpenMessage): ReturnType<Draft['zones']['nearest']> {
  return question && zones.nearest(question.name);
}

/** Records of one's own. */
export const answerAction: Kind<'answer'> = {
  edit(given, path, problems) {
    const records = readRecords(path, given, problems);
    return (draft) => {
      draft.alone = true;
      draft.edit((message) => {
        coded(message, RCODE.NOERROR);
        message.authoritative = true;
        message.answer = recordsFor(records, message.questions[0]?.name ?? ROOT);
      });
    };
  },
};

/** Name servers of the root, which an upward referral names. */
const ROOT_SERVERS: readonly Uint8Array[] = [...'abcdefghijklm'].flatMap((letter) => {
  const read = nameFromText(`${letter}.root-servers.net.`);
  return 'name' in read ? [read.name] : [];
});

const REFERRAL_TTL = 3600;

/** A referral that leads nowhere. */
export const referralAction: Kind<'referral'> = {
  edit(given, path, problems) {
    const isRoot = given === 'root' || given === '.';
    const servers = isRoot ? ROOT_SERVERS : problems.each(path, given, (at, text) => nameOf(at, text, problems));
    return (draft) =>
      draft.edit((message) => {
        const owner = isRoot ? ROOT : (zoneOf(draft, message)?.origin ?? message.questions[0]?.name ?? ROOT);
        coded(message, RCODE.NOERROR);
        message.authoritative = false;
        message.authority = (servers ?? []).map((server) => ({
          name: owner,
          type: TYPE.NS,
          class: CLASSES.IN,
          ttl: REFERRAL_TTL,
          rdata: server,
        }));
      });
  },
};

/** TTL of everything but SOA. */
export const ttlAction: Kind<'ttl'> = {
  later: (given) => given,
  edit(given, path, problems) {
    const isCountdown = given === 'countdown';
    if (typeof given === 'string' && !isCountdown)
      return problems.say(path, `is ${shownValue(given)}, expected countdown or a number of seconds`);
    const fixed = isCountdown ? 0 : problems.whole(path, given, 0, 0xffffffff);
    if (fixed === undefined) return undefined;
    return (draft, { seconds }) =>
      draft.edit((message) =>
        changeRecords(message, (record) => {
          if (record.type === TYPE.SOA || record.type === TYPE.TSIG) return record;
          return { ...record, ttl: isCountdown ? Math.max(0, record.ttl - Math.floor(seconds)) : fixed };
        }),
      );
  },
};

/** How long a negative answer may be kept. */
export const soaMinimumAction: Kind<'soaMinimum'> = {
  edit(given, path, problems) {
    const minimum = problems.whole(path, given, 0, 0xffffffff);
    if (minimum === undefined) return undefined;
    return (draft) =>
      draft.edit((message) => {
        message.authority = message.authority.map((record) =>
          record.type === TYPE.SOA ? { ...withSoaNumber(record, 4, minimum), ttl: minimum } : record,
        );
      });
  },
};

/** Serial of every SOA. */
export const serialAction: Kind<'serial'> = {
  later: (given) => given,
  edit(given, path, problems) {
    const serial = problems.whole(path, given, 0, 0xffffffff);
    if (serial === undefined) return undefined;
    return (draft) =>
      draft.edit((message) =>
        changeRecords(message, (record) => (record.type === TYPE.SOA ? withSoaNumber(record, 0, serial) : record)),
      );
  },
};

/** Octets of SERIAL to MINIMUM at the end of an SOA's RDATA (RFC 1035 §3.3.13). */
const SOA_NUMBERS = 20;

function withSoaNumber(record: ResourceRecord, index: number, value: number): ResourceRecord {
  const at = record.rdata.length - SOA_NUMBERS + 4 * index;
  if (record.rdata.length < SOA_NUMBERS || u32At(record.rdata, at) === value) return record;
  const rdata = record.rdata.slice();
  new DataView(rdata.buffer).setUint32(at, value);
  return { ...record, rdata };
}

/** Replaces records of all sections. */
export function changeRecords(message: OpenMessage, change: (record: ResourceRecord) => ResourceRecord): void {
  message.answer = message.answer.map(change);
  message.authority = message.authority.map(change);
  message.additional = message.additional.map(change);
}

/** Nothing but the question and TC. */
export const truncateAction: Kind<'truncate'> = {
  needs: (given) => (given === 'udp' ? 'udp' : undefined),
  edit(given, path, problems) {
    const where = problems.word(path, given, ['udp', 'always'] as const);
    if (where === undefined) return undefined;
    return (draft) => {
      if (where === 'udp' && draft.stream) return;
      draft.edit((message) => {
        empty(message);
        message.truncated = true;
      });
    };
  },
};

const FLAGS = {
  aa: 'authoritative',
  tc: 'truncated',
  ra: 'recursionAvailable',
  ad: 'authenticData',
  qr: 'response',
} as const;

/** Bits of the header. */
export const flagsAction: Kind<'flags'> = {
  later: (given) => given,
  edit(given, path, problems) {
    const changes: Partial<OpenMessage> = {};
    for (const [name, value] of Object.entries(given)) {
      if (name === 'opcode') {
        const opcode = problems.whole(`${path}.opcode`, value, 0, 15);
        if (opcode !== undefined) changes.opcode = opcode;
      } else if (!Object.hasOwn(FLAGS, name)) {
        problems.say(`${path}.${name}`, `is unknown; the flags are ${Object.keys(FLAGS).join(', ')} and opcode`);
      } else if (typeof value !== 'boolean') {
        problems.say(`${path}.${name}`, `is ${shownValue(value)}, expected true or false`);
      } else changes[FLAGS[name as keyof typeof FLAGS]] = value;
    }
    return (draft) => draft.edit((message) => void Object.assign(message, changes));
  },
};

/** Another id. */
export const idAction: Kind<'id'> = {
  later: (given) => given,
  edit(given, path, problems) {
    const isWrong = given === 'wrong';
    if (typeof given === 'string' && !isWrong)
      return problems.say(path, `is ${shownValue(given)}, expected wrong or a number`);
    const fixed = isWrong ? 0 : problems.whole(path, given, 0, 65535);
    if (fixed === undefined) return undefined;
    return (draft, { random }) => {
      const other = isWrong ? 1 + random.below(65535) : 0;
      draft.edit((message) => {
        message.id = isWrong ? message.id ^ other : fixed;
      });
    };
  },
};

const QUESTIONS: Readonly<Record<NonNullable<FaultAction['question']>, (question: Question) => Question[]>> = {
  'other-name': (question) => [{ ...question, name: otherName(question.name) }],
  'other-type': (question) => [{ ...question, type: question.type === TYPE.A ? TYPE.AAAA : TYPE.A }],
  upper: (question) => [{ ...question, name: upperName(question.name) }],
  lower: (question) => [{ ...question, name: lowerName(question.name) }],
  missing: () => [],
  twice: (question) => [question, question],
};

/** Another question than the one asked. */
export const questionAction: Kind<'question'> = {
  edit(given, path, problems) {
    const how = problems.word(path, given, Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[]);
    if (how === undefined) return undefined;
    return (draft) =>
      draft.edit((message) => {
        message.questions = message.questions.flatMap(QUESTIONS[how]);
      });
  },
};

const OTHER = Uint8Array.of(5, 0x6f, 0x74, 0x68, 0x65, 0x72, 0);

/** A name that is not the one given, of the same length when it has a label. */
function otherName(name: Uint8Array): Uint8Array {
  if (name.length === 1) return concatNames(OTHER, name) ?? OTHER;
  const other = name.slice();
  other[1] = other[1] === 0x78 ? 0x79 : 0x78;
  return other;
}

/** A copy with ASCII letters made capitals. */
export function upperName(name: Uint8Array): Uint8Array {
  return name.map((octet) => (octet >= 0x61 && octet <= 0x7a ? octet & ~0x20 : octet));
}
