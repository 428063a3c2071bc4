import { isWithin } from '../../../rr/name.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { providerOf } from './providers.ts';

/** Some of a provider's exchanges are listed, but not all it asks for. */
export const rule: Rule = {
  id: 'mx-foreign-provider-incomplete',
  group: 'mail-mx',
  level: 'info',
  cites: ['RFC 5321 §5.1'],
  what: 'The MX records name some hosts of a mail provider, but not the whole set it asks its customers for.',
  why: 'Mail still arrives, without the redundancy the provider counts on when it takes one of its servers down.',
  help: 'Publish the whole set the provider documents.',
  // The sets are the providers' to change.
  byDefault: false,
  bad: { zone: '@ MX 10 in1-smtp.messagingengine.com. ; expect\n' },
  good: {
    zone: `@ MX 10 in1-smtp.messagingengine.com.
@ MX 20 in2-smtp.messagingengine.com.
`,
  },
  say: ({ domain, provider, missing }) => `MX of ${domain} lacks ${missing}, which ${provider} asks for too`,
  check(facts, report) {
    for (const { owner, mx } of facts.mailDomains) {
      const found = mx.find(({ host, wire }) => !isWithin(wire, facts.zone.origin) && providerOf(host) !== undefined);
      const provider = found && providerOf(found.host);
      if (found === undefined || provider === undefined) continue;
      const hosts = new Set(mx.map(({ host }) => host));
      const begun = provider.sets.filter((set) => set.some((host) => hosts.has(host)));
      const lacks = begun.map((set) => set.filter((host) => !hosts.has(host)));
      const missing = lacks.sort((a, b) => a.length - b.length)[0] ?? [];
      if (missing.length === 0) continue;
      report.record(found.record, 'exchange', {
        args: { domain: bare(facts.nameText(owner)), provider: provider.name, missing: listed(missing) },
      });
    }
  },
};
