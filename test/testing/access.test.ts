import { describe, expect, test } from 'vitest';
import { startDnsServer } from '../../lib/testing/index.ts';

const zones = { 'example.test': '@ TXT x' };

describe('allowQuery', () => {
  test('refuses others, and explain says so of each client', async () => {
    await using dns = await startDnsServer({ zones, allowQuery: ['192.0.2.0/24'] });
    expect((await dns.client.query('example.test', 'TXT')).rcode).toBe('REFUSED');
    expect(dns.explain('example.test', 'TXT').outcome).toBe('prohibited');
    expect(dns.explain('example.test', 'TXT', { client: '192.0.2.9' }).outcome).toBe('answer');
  });

  test('that makes no sense starts nothing', async () => {
    await expect(startDnsServer({ zones, allowQuery: ['some'] })).rejects.toThrow("allowQuery cannot be 'some'; it is");
  });
});
