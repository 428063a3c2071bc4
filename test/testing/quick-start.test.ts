import { expect, test } from 'vitest';
import { rr, startDnsServer, zone } from '../../lib/testing/index.ts';
import '../../lib/testing/vitest.ts';

test('mail goes by SRV, also after a failure, and MX is never asked', async () => {
  await using dns = await startDnsServer({
    zones: [
      zone('example.test')`
    @               MX   10 mx1
    _smtp-tls._tcp  SRV  0 0 842 mx1
    mx1             A    127.0.0.11
  `,
    ],
  });
  dns.zone('example.test').edit((z) => z.replace(rr.srv('_smtp-tls._tcp', 0, 0, 25, 'mx1')));
  dns.on({ type: 'SRV' }).once().servfail();
  const srv = () => dns.resolver().resolveSrv('_smtp-tls._tcp.example.test');
  await expect(srv()).rejects.toThrow('ESERVFAIL');
  expect(await srv()).toEqual([{ priority: 0, weight: 0, port: 25, name: 'mx1.example.test' }]);
  expect(dns).toHaveReceivedQuery({ type: 'SRV' }, { times: 2 });
  expect(dns).not.toHaveReceivedQuery({ type: 'MX' });
});
