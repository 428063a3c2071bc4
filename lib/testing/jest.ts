import { type DnsMatchers, dnsMatchers } from './matchers.ts';

export { type DnsMatchers, dnsMatchers };

declare global {
  // biome-ignore lint/style/noNamespace: the types of Jest are in one
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: declarations that are joined have to say the same
    interface Matchers<R, T = {}> extends DnsMatchers<R> {}
  }
}

/** As much of Jest's `expect` as is needed. */
interface Extended {
  extend?(matchers: typeof dnsMatchers): void;
}

// Without globals a test says expect.extend(dnsMatchers) itself.
(globalThis as { readonly expect?: Extended }).expect?.extend?.(dnsMatchers);
