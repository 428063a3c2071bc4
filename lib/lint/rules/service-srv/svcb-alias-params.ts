import { namedKey } from '../../../rr/svcb-keys.ts';
import { TYPE, typeToText } from '../../../rr/types.ts';
import { bare, listed } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { bindingSets, isAlias } from './bindings.ts';

/** An alias has parameters (RFC 9460 §2.4.2). */
export const rule: Rule = {
  id: 'svcb-alias-params',
  group: 'service-srv',
  level: 'warning',
  cites: ['RFC 9460 §2.4.2'],
  what: 'An SVCB or HTTPS record with priority 0 (AliasMode) has parameters.',
  why: 'Clients must ignore them: the service is then used without the protocols, port or hints that were meant.',
  help: 'Write a priority of 1 or more, or leave out the parameters.',
  fix: 'unsafe',
  bad: {
    zone: `@ HTTPS 0 www alpn=h2 ; expect
www A 192.0.2.80
`,
  },
  good: {
    zone: `@ HTTPS 0 www
www A 192.0.2.80
www HTTPS 1 . alpn=h2
`,
  },
  say: ({ type, owner, params }) =>
    `${type} of ${owner} has priority 0 (AliasMode) and ${params}, which clients ignore; expected no parameters, or a priority of 1 or more`,
  needs: [TYPE.SVCB, TYPE.HTTPS],
  check(facts, report) {
    for (const { set, bindings } of bindingSets(facts)) {
      for (const binding of bindings) {
        if (!isAlias(binding) || binding.params.isEmpty) continue;
        report.record(binding.record, 'params', {
          args: {
            type: typeToText(set.type),
            owner: bare(facts.nameText(set.owner)),
            params: listed(binding.params.keys().map(namedKey)),
          },
          related: [{ record: binding.record, part: 'priority', message: 'the priority' }],
          fixes: priorityFix(facts, binding.record),
        });
      }
    }
  },
};

function priorityFix(facts: Facts, record: number): readonly ProposedFix[] {
  if (!/^0+$/.test(facts.source(record, 'priority'))) return [];
  const span = facts.span(record, 'priority');
  return [{ title: 'write priority 1', safe: false, edits: [{ ...span, text: '1' }] }];
}
