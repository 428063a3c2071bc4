import { Notifier, type NotifyTarget } from '../../lib/net/notify.ts';
import { parseServerAddress } from '../../lib/net/server-address.ts';
import { nameFromText, nameKey } from '../../lib/rr/name.ts';
import type { ServedZone } from '../../lib/server/served-zone.ts';
import type { TestServer } from '../../lib/server/test-server.ts';
import { soaOf } from '../../lib/server/zone-records.ts';
import type { TsigKey } from '../../lib/wire/tsig-keys.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { tell } from '../output.ts';

/** The secondary of `127.0.0.1`, `[::1]:5301` or `192.0.2.1@KEY`, the key being one of those given. */
export function notifyTarget(text: string, keys: readonly TsigKey[]): NotifyTarget {
  const at = text.indexOf('@');
  const place = at < 0 ? text : text.slice(0, at);
  const read = parseServerAddress(place);
  if ('problem' in read) throw new UsageError(`--notify ${text}: ${read.problem}`);
  return at < 0 ? read : { ...read, key: keyNamed(text.slice(at + 1), text, keys) };
}

function keyNamed(word: string, text: string, keys: readonly TsigKey[]): TsigKey {
  const read = nameFromText(word.endsWith('.') ? word : `${word}.`);
  const key = 'name' in read ? keys.find(({ name }) => nameKey(name) === nameKey(read.name)) : undefined;
  if (key !== undefined) return key;
  throw new UsageError(`--notify ${text}: no --key has the name ${word}`);
}

/** Tells secondaries of all zones now, and of each that gets another serial; the function returned ends it. */
export function keepNotified(server: TestServer, targets: readonly NotifyTarget[], io: Io): () => void {
  if (targets.length === 0) return () => {};
  const notifier = new Notifier(targets, {
    now: io.now,
    random: () => crypto.getRandomValues(new Uint16Array(1))[0] ?? 0,
    failed: (sentence) => tell(io, 'warning', sentence),
  });
  const notify = (zones: readonly ServedZone[]): void => {
    for (const { tree } of zones) {
      const soa = soaOf(tree);
      if (soa !== undefined) void notifier.notify(soa);
    }
  };
  notify(server.zones.zones());
  const end = server.onSerials(notify);
  return () => {
    end();
    notifier.close();
  };
}
