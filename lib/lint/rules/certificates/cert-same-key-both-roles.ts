import { fileLabel, hasRole } from '../../common-certificates.ts';
import type { Rule } from '../../rule.ts';

/** One key takes and sends mail. */
export const rule: Rule = {
  id: 'cert-same-key-both-roles',
  group: 'certificates',
  level: 'info',
  cites: ['CMX-1.2.2-a', 'CMX-1.2.2-c'],
  what: 'The same key is used for the server and the client role.',
  why: 'Who gets hold of the key can both receive and send the mail of the domain, and a change of one role changes the other.',
  help: 'Use a key for each role, if they are on different hosts.',
  // One host for both roles is how most domains are set up.
  byDefault: false,
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server', 'client'], dnsNames: ['mx1.example.net'] }],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  say: ({ server, client }) =>
    server === client
      ? `${server} is used for the server and the client role`
      : `${client} (client) has the same key as ${server} (server)`,
  check(facts, report) {
    const servers = new Map<string, number>();
    facts.certificates.forEach(({ facts: { spkiSha256 } }, index) => {
      if (hasRole(facts, index, 'server') && !servers.has(spkiSha256)) servers.set(spkiSha256, index);
    });
    facts.certificates.forEach(({ facts: { spkiSha256 } }, index) => {
      const server = servers.get(spkiSha256);
      if (server === undefined || !hasRole(facts, index, 'client')) return;
      report.certificate(index, { args: { server: fileLabel(facts, server), client: fileLabel(facts, index) } });
    });
  },
};
