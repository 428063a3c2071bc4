import { keyNumbers, namedKey } from '../../../rr/svcb-keys.ts';
import { TYPE } from '../../../rr/types.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { bindingSets, KEY, paramRange } from './bindings.ts';

/** Parameters that are mandatory for HTTPS anyway (RFC 9460 §9). */
const ANYWAY: readonly number[] = [KEY.port, KEY.noDefaultAlpn];

/** A parameter is named mandatory that always is (RFC 9460 §8). */
export const rule: Rule = {
  id: 'svcb-mandatory-needless',
  group: 'service-srv',
  level: 'info',
  cites: ['RFC 9460 §8', 'RFC 9460 §9'],
  what: 'The parameter mandatory of an HTTPS record names port or no-default-alpn, which clients must understand anyway.',
  why: 'It takes room in every answer and changes nothing.',
  help: 'Leave it out of mandatory.',
  // Harmless.
  byDefault: false,
  bad: {
    zone: `@ HTTPS 1 . alpn=h2 port=8443 mandatory=port ; expect
@ A 192.0.2.80
`,
  },
  good: {
    zone: `@ HTTPS 1 . alpn=h2 port=8443
@ A 192.0.2.80
`,
  },
  say: ({ owner, found }) =>
    `mandatory of HTTPS of ${owner} names ${found}, which is mandatory anyway; expected it without`,
  needs: [TYPE.SVCB, TYPE.HTTPS],
  check(facts, report) {
    for (const { set, bindings } of bindingSets(facts)) {
      if (set.type !== TYPE.HTTPS) continue;
      for (const { record, params } of bindings) {
        const value = params.get(KEY.mandatory) ?? new Uint8Array(0);
        const found = keyNumbers(value, 0, value.length).filter((key) => ANYWAY.includes(key));
        if (found.length === 0) continue;
        const details = {
          args: { owner: bare(facts.nameText(set.owner)), found: listed(found.map(namedKey)) },
        };
        const range = paramRange(facts, record, KEY.mandatory);
        if (range === undefined) report.record(record, 'params', details);
        else report.text(record, range.from, range.to, details);
      }
    }
  },
};
