import { describe, expect, test } from 'vitest';
import { type LedgerEntry, ledger } from '../../lib/lint/ledger.ts';
import { RULES } from '../../lib/lint/rules.ts';
import { readSources } from './sources.ts';

/** Requirements of zone owners, senders and receivers that nothing here looks at yet, each with what will. */
const LATER: Readonly<Record<string, string>> = {
  'CMX-1-a': 'a name only: MX is treated as ever',
  'CMX-1.2.1-a': 'the RR type itself: its row in the table of types and the vectors of TYPE265',
  'CMX-1.3-b': 'the ACME test CA',
  'SRV-3.1-a': 'the generator and its presets',
  'SRV-3.2-a': 'the generator and its presets',
};

const PARTIES: ReadonlySet<string> = new Set(['zone owner', 'sender', 'receiver', 'all']);

/** Ids of the ledger that the code of mail and of probes names beside what it decides. */
function named(): ReadonlySet<string> {
  const texts = readSources('lib/mail', 'lib/net').map(({ text }) => text);
  return new Set(texts.flatMap((text) => text.match(/(?:CMX|SRV)-\d+(?:\.\d+)*-[a-z]\d?/gu) ?? []));
}

describe('every requirement of zone owners, senders and receivers', () => {
  const cited = new Set(RULES.flatMap(({ cites }) => cites));
  const inCode = named();
  const wanted = ledger.filter(({ who, verify }) => verify.length > 0 && who.some((party) => PARTIES.has(party)));
  const missing = wanted.filter(({ id }) => !cited.has(id) && !inCode.has(id));

  test('is looked at by a rule, a plan, a verdict or the probe, or is named as later work', () => {
    const counts = (entries: readonly LedgerEntry[]): string => `${entries.length} of ${wanted.length}`;
    console.log(`requirements cited by rules: ${counts(wanted.filter(({ id }) => cited.has(id)))}`);
    console.log(`named by plans, verdicts and probes: ${counts(wanted.filter(({ id }) => inCode.has(id)))}`);
    for (const { id } of missing) console.log(`later: ${id} (${LATER[id] ?? 'no reason given'})`);
    expect(missing.map(({ id }) => id).sort()).toEqual(Object.keys(LATER).sort());
  });

  test('that code names exists', () => {
    const known = new Set(ledger.map(({ id }) => id));
    expect([...inCode].filter((id) => !known.has(id))).toEqual([]);
  });
});
