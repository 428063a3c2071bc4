import { nameToText } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { lookAt, trailingComment } from '../../../zone/look.ts';
import { clientMx } from '../../common-examples.ts';
import { genericEdits } from '../../common-fixes.ts';
import type { Rule } from '../../rule.ts';

const HEAD = 2;

/** Client MX in generic form that nobody can read. */
export const rule: Rule = {
  id: 'style-comment-generic-rdata',
  group: 'style',
  level: 'info',
  cites: ['CMX-1.5-a', 'RFC 3597 §5'],
  what: 'A Client MX record stands in generic form (TYPE265) without a comment that says what it holds.',
  why: 'Nobody who reads the file sees which host the hexadecimal digits name.',
  help: 'Put preference and host behind it as a comment.',
  fix: 'safe',
  byDefault: false,
  bad: { zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n@ TYPE265 \\# 20 000a046f757431076578616d706c65036e657400\n' },
  good: { zone: `@ ${clientMx(10, 'out1')} ; CLIENTMX 10 out1.example.net.\n` },
  say: ({ found }) => `nothing tells the reader that this record is a Client MX for ${found}`,
  needs: [TYPE.CLIENTMX],
  check(facts, report) {
    for (const record of facts.records(TYPE.CLIENTMX)) {
      const look = lookAt(facts.zone, record);
      if (!look.written || trailingComment(look) !== undefined) continue;
      const generic = look.entry.bytes[look.entry.wordStart(look.header.rdataWord)] === 0x5c;
      const rdata = facts.rdata(record);
      const host = facts.nameField(record, 'exchange');
      if (!generic || host === undefined || rdata.length < HEAD) continue;
      const found = `${(rdata[0] ?? 0) * 256 + (rdata[1] ?? 0)} ${nameToText(host)}`;
      const edits = genericEdits(facts, record, rdata, `CLIENTMX ${found}`);
      const fixes = edits.length === 0 ? [] : [{ title: 'add the comment', safe: true, edits }];
      report.record(record, 'rdata', { args: { found }, fixes });
    }
  },
};
