import { printRdata } from '../../../rr/codec.ts';
import { TYPE } from '../../../rr/types.ts';
import { clientMx } from '../../common-examples.ts';
import { genericEdits } from '../../common-fixes.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** Client MX in a form that only this program reads (RFC 3597 §5). */
export const rule: Rule = {
  id: 'client-mx-mnemonic-nonportable',
  group: 'client-mx',
  level: 'error',
  cites: ['RFC 3597 §5', 'CMX-1.5-a'],
  what: 'A Client MX record is written with a name of our own or with readable RDATA.',
  why: 'BIND, NSD and Knot DNS know neither the name nor the form and refuse the whole zone.',
  help: 'Write TYPE265 with generic RDATA; the readable form can stand behind it as a comment.',
  fix: 'safe',
  load: true,
  bad: { zone: '@ CLIENTMX 10 out1 ; expect\n@ MX 10 mx1\nmx1 A 192.0.2.10\nout1 A 192.0.2.20\n' },
  good: { zone: `@ ${clientMx(10, 'out1')}\n@ MX 10 mx1\nmx1 A 192.0.2.10\nout1 A 192.0.2.20\n` },
  say: ({ written, generic }) => `"${written}" is read by no name server; expected ${generic}`,
  check(facts, report) {
    const type = `TYPE${facts.drafts.clientMxType}`;
    for (const { code, record } of facts.zone.problems) {
      if (code !== 'mnemonic-nonportable' || record < 0 || facts.zone.types[record] !== TYPE.CLIENTMX) continue;
      const rdata = facts.rdata(record);
      const preference = (rdata[0] ?? 0) * 256 + (rdata[1] ?? 0);
      const word = facts.source(record, 'type');
      const host = bareName(rdata.subarray(2));
      const written = /^\S{1,12}$/.test(word) ? `${word} ${preference} ${host}` : `CLIENTMX ${preference} ${host}`;
      const readable = printRdata(TYPE.CLIENTMX, rdata, { native: true });
      const edits = genericEdits(facts, record, rdata, `CLIENTMX ${readable}`);
      report.record(record, 'type', {
        args: { written, generic: `${type} ${printRdata(TYPE.CLIENTMX, rdata)}` },
        fixes: edits.length === 0 ? [] : [{ title: `write ${type} with generic RDATA`, safe: true, edits }],
      });
    }
  },
};
