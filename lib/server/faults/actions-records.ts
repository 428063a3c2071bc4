import { lowerName, ROOT } from '../../rr/name.ts';
import { type ResourceRecord, SECTIONS } from '../../wire/message.ts';
import type { ActionKind } from './action-kind.ts';
import { changeRecords, upperName } from './actions-message.ts';
import type { FaultContext, OpenMessage } from './draft.ts';
import type { FaultAction } from './fault.ts';
import type { FaultProblems } from './problems.ts';
import type { SeededRandom } from './random.ts';
import { typeOf } from './selector.ts';
import { readRecords, recordsFor } from './zone-text.ts';

type Given = NonNullable<FaultAction['records']>;
type Change = (message: OpenMessage, context: FaultContext) => void;

/** Records left out, added, doubled, in another order or spelled otherwise, one after the other. */
export const recordsAction: ActionKind<Given> = {
  later({ without, ownerCase }) {
    if (without === undefined && ownerCase === undefined) return undefined;
    return { ...(without !== undefined && { without }), ...(ownerCase && { ownerCase }) };
  },
  edit(given, path, problems) {
    const changes = [
      without(given, path, problems),
      foreign(given, path, problems),
      given.duplicate === true ? duplicate : undefined,
      ordered(given, path, problems),
      spelled(given, path, problems),
    ].filter((change) => change !== undefined);
    return (draft, context) => draft.edit((message) => changes.forEach((change) => void change(message, context)));
  },
};

function without(given: Given, path: string, problems: FaultProblems): Change | undefined {
  const types = problems.each(`${path}.without`, given.without, (at, text) => typeOf(at, text, problems));
  if (types === undefined) return undefined;
  const kept = ({ type }: ResourceRecord): boolean => !types.includes(type);
  return (message) => {
    for (const section of SECTIONS) message[section] = message[section].filter(kept);
  };
}

function foreign(given: Given, path: string, problems: FaultProblems): Change | undefined {
  const section = given.section ?? 'additional';
  problems.word(`${path}.section`, section, SECTIONS);
  if (given.foreign === undefined) {
    if (given.section !== undefined) problems.say(`${path}.section`, 'says where foreign records go; give foreign too');
    return undefined;
  }
  const records = readRecords(`${path}.foreign`, given.foreign, problems);
  return (message) => {
    message[section] = [...message[section], ...recordsFor(records, message.questions[0]?.name ?? ROOT)];
  };
}

function duplicate(message: OpenMessage): void {
  message.answer = [...message.answer.slice(0, 1), ...message.answer];
}

function ordered(given: Given, path: string, problems: FaultProblems): Change | undefined {
  if (given.order === undefined) return undefined;
  const order = problems.word(`${path}.order`, given.order, ['reverse', 'shuffle'] as const);
  if (order === 'reverse')
    return (message) => {
      message.answer = [...message.answer].reverse();
    };
  return (message, { random }) => {
    message.answer = shuffled(message.answer, random);
  };
}

function shuffled<Item>(items: readonly Item[], random: SeededRandom): Item[] {
  const all = [...items];
  for (let last = all.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [all[last], all[other]] = [all[other] as Item, all[last] as Item];
  }
  return all;
}

function spelled(given: Given, path: string, problems: FaultProblems): Change | undefined {
  if (given.ownerCase === undefined) return undefined;
  const how = problems.word(`${path}.ownerCase`, given.ownerCase, ['upper', 'lower', 'random'] as const);
  return (message, { random }) =>
    changeRecords(message, (record) => ({
      ...record,
      name:
        how === 'upper'
          ? upperName(record.name)
          : how === 'lower'
            ? lowerName(record.name)
            : mixedName(record.name, random),
    }));
}

/** A copy in which each letter is a capital or not by chance. */
function mixedName(name: Uint8Array, random: SeededRandom): Uint8Array {
  return name.map((octet) => {
    const small = octet | 0x20;
    if (octet < 0x41 || small < 0x61 || small > 0x7a) return octet;
    return random.next() < 0.5 ? small : small & ~0x20;
  });
}
