import type { ExampleCertificate, Rule } from '../../rule.ts';

const readable: ExampleCertificate = {
  file: 'mx1.pem',
  roles: ['server'],
  dnsNames: ['mx1.example.net'],
  key: { file: 'mx1.key', fit: 'fits', mode: 0o644 },
};

const OTHERS_READ = 0o004;
const OTHERS_WRITE = 0o002;

/** Every user of the machine may read or replace a private key. */
export const rule: Rule = {
  id: 'cert-key-permissions',
  group: 'certificates',
  level: 'warning',
  cites: ['CMX-1.2.2-a'],
  what: 'Every user of the machine may read or write the private key of a certificate.',
  why: 'Whoever gets hold of the key can pass for the host until the certificate ends.',
  help: 'Take the permissions from other users: `chmod 600`, or 640 with a group for the mail server.',
  bad: { zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n', certificates: [readable] },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ ...readable, key: { file: 'mx1.key', fit: 'fits', mode: 0o640 } }],
  },
  say: ({ key, mode, may }) => `every user may ${may} the private key in ${key} (mode ${mode}); expected 0600 or 0640`,
  check(facts, report) {
    const told = new Set<string>();
    facts.certificates.forEach(({ key }, index) => {
      if (key?.mode === undefined || (key.mode & (OTHERS_READ | OTHERS_WRITE)) === 0 || told.has(key.file)) return;
      told.add(key.file);
      const ways = [key.mode & OTHERS_READ && 'read', key.mode & OTHERS_WRITE && 'write'];
      report.certificate(index, {
        args: {
          key: key.file,
          mode: (key.mode & 0o7777).toString(8).padStart(4, '0'),
          may: ways.filter((way) => typeof way === 'string').join(' and '),
        },
      });
    });
  },
};
