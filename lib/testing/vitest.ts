import { expect } from 'vitest';
import { type DnsMatchers, dnsMatchers } from './matchers.ts';
import type { DnsServerOptions } from './options.ts';
import type { DnsServer } from './server.ts';
import { startDnsServer } from './start.ts';

export { type DnsMatchers, dnsMatchers };

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: declarations that are joined have to say the same
  interface Matchers<T = any> extends DnsMatchers {}
}

expect.extend(dnsMatchers);

/** Gives a test what a fixture made. */
export type Use<Value> = (value: Value) => Promise<void>;

/**
 * A fixture for `test.extend({ dns: dnsFixture({ … }) })`: a server for each test, closed behind it. A test fails whose
 * server had to refuse a name with `unmatched: 'fail-test'`, or whose responder threw.
 */
export function dnsFixture(options: DnsServerOptions = {}): (context: object, use: Use<DnsServer>) => Promise<void> {
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern that no other fixture is wanted
  return async ({}, use) => {
    const dns = await startDnsServer(options);
    try {
      await use(dns);
    } finally {
      await dns.close();
    }
    dns.verify();
  };
}
