import { TYPE, typeToText } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { bindingSets, isAlias } from './bindings.ts';

/** A name has records in both modes (RFC 9460 §2.4.1). */
export const rule: Rule = {
  id: 'svcb-mixed-modes',
  group: 'service-srv',
  level: 'warning',
  cites: ['RFC 9460 §2.4.1'],
  what: 'SVCB or HTTPS records of a name are partly in AliasMode (priority 0) and partly in ServiceMode.',
  why: 'Clients ignore the records in ServiceMode.',
  help: 'Keep either the alias or the other records.',
  bad: {
    zone: `@ HTTPS 0 www ; expect
@ HTTPS 1 . alpn=h2
@ A 192.0.2.80
www A 192.0.2.80
`,
  },
  good: {
    zone: `@ HTTPS 1 . alpn=h2
@ HTTPS 2 www alpn=h2
@ A 192.0.2.80
www A 192.0.2.80
`,
  },
  say: ({ type, owner, priority }) =>
    `${type} of ${owner} has an alias (priority 0) beside a record of priority ${priority}, which clients ignore; expected one kind`,
  needs: [TYPE.SVCB, TYPE.HTTPS],
  check(facts, report) {
    for (const { set, bindings } of bindingSets(facts)) {
      const alias = bindings.find(isAlias);
      const services = bindings.filter((binding) => !isAlias(binding));
      const [service] = services;
      if (alias === undefined || service === undefined) continue;
      report.record(alias.record, 'priority', {
        args: {
          type: typeToText(set.type),
          owner: bare(facts.nameText(set.owner)),
          priority: service.priority,
        },
        related: services.slice(0, 5).map(({ record }) => ({ record, part: 'priority', message: 'ignored' })),
      });
    }
  },
};
