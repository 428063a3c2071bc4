import { type ClientList, clientCheck, clientList, isNobody } from '../../lib/server/client-list.ts';
import type { ServerOptions } from '../../lib/server/exchange.ts';
import type { TestServerOptions } from '../../lib/server/test-server.ts';
import { UsageError } from '../errors.ts';

/** How the lists of clients are written. */
export const CLIENTS_HELP: string =
  'loopback (keys too), any, key, none, or addresses and prefixes such as 192.0.2.0/24, with commas or the option again';

/** What the command line says about clients. */
export interface ClientOptions {
  readonly allowQuery?: readonly string[];
  readonly transfer?: readonly string[];
  readonly update?: readonly string[];
}

/** What clients may do. */
export interface Allowed {
  /** Nothing for all. */
  readonly query: Pick<ServerOptions, 'mayQuery'>;
  readonly changes: Pick<TestServerOptions, 'mayTransfer' | 'mayUpdate'>;
}

/** Reads the lists; throws UsageError. */
export function allowedOf({ allowQuery, transfer, update }: ClientOptions, hasKeys: boolean): Allowed {
  const read = (option: string, texts: readonly string[]): ClientList => {
    const list = clientList(texts);
    if ('problem' in list) throw new UsageError(`--${option} ${list.problem}`);
    if (!hasKeys && texts.some((text) => text.toLowerCase() === 'key'))
      throw new UsageError(`--${option} key needs a key: give --key FILE`);
    return list;
  };
  const asking = allowQuery && read('allow-query', allowQuery);
  const updating = read('update', update ?? [hasKeys ? 'key' : 'none']);
  return {
    query: asking === undefined || asking.any ? {} : { mayQuery: clientCheck(asking) },
    changes: {
      mayTransfer: clientCheck(read('transfer', transfer ?? ['loopback'])),
      ...(!isNobody(updating) && { mayUpdate: clientCheck(updating) }),
    },
  };
}
