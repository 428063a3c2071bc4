import { expect, test } from 'vitest';
import { rr, startDnsServer } from '../../lib/testing/index.ts';
import '../../lib/testing/vitest.ts';

const zones = { 'example.test': '@ MX 10 mx1\n_smtp-tls._tcp SRV 0 0 842 mx1\nmx1 A 127.0.0.11' };
const name = '_smtp-tls._tcp.example.test';
test('mail goes by SRV, also after a failure, and MX is never asked', async () => {
  await using dns = await startDnsServer({ zones });
  dns.zone('example.test').edit((z) => z.replace(rr.srv('_smtp-tls._tcp', 0, 0, 25, 'mx1')));
  dns.on({ type: 'SRV' }).once().servfail();
  await expect(dns.resolver().resolveSrv(name)).rejects.toMatchObject({ code: 'ESERVFAIL' });
  expect(await dns.resolver().resolveSrv(name)).toMatchObject([{ port: 25, name: 'mx1.example.test' }]);
  expect(dns).toHaveReceivedQuery({ type: 'SRV' }, { times: 2 });
  expect(dns).not.toHaveReceivedQuery({ type: 'MX' });
});
