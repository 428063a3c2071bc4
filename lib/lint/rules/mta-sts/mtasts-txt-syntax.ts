import { parseSts, type StsFault } from '../../../mail/mta-sts.ts';
import type { Args } from '../../../text/diagnostic.ts';
import type { Rule } from '../../rule.ts';
import { FIELD_SENTENCES } from './field-sentences.ts';
import { reportFaults } from './text-faults.ts';

/** The MTA-STS record is not as the grammar has it (RFC 8461 §3.1). */
export const rule: Rule = {
  id: 'mtasts-txt-syntax',
  group: 'mta-sts',
  level: 'error',
  cites: ['RFC 8461 §3.1'],
  what: 'The TXT record at _mta-sts is not "v=STSv1;" and an id of 1 to 32 letters and digits.',
  why: 'Senders ignore the record and with it the policy: mail goes without the protection you set up.',
  help: 'Write v=STSv1; id=… with letters and digits only.',
  fix: 'unsafe',
  bad: {
    zone: `_mta-sts TXT "v=STSv1; id=2026-11-21" ; expect
mta-sts A 192.0.2.10
`,
  },
  good: {
    zone: `_mta-sts TXT "v=STSv1; id=20261121"
mta-sts A 192.0.2.10
`,
  },
  say: (args) => `MTA-STS record of ${args.domain}: ${SENTENCES[args.fault as StsFault](args)}`,
  check: (facts, report) => reportFaults(facts, report, 'sts', 'STSv1', parseSts),
};

const SENTENCES: Readonly<Record<StsFault, (args: Args) => string>> = {
  ...FIELD_SENTENCES,
  'id-missing': ({ found, instead }) =>
    instead === ''
      ? 'it has no id; expected id=… behind the version'
      : `"${found}" is not the name of a field that counts; expected "${instead}"`,
  'id-repeated': ({ found }) => `"${found}" is a second id; expected one`,
  'bad-id': ({ found }) => `"${found}" is no id; expected 1 to 32 letters and digits`,
};
