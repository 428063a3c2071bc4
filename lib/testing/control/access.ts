import { isIP } from 'node:net';
import { type ControlReply, type ControlRequest, failure } from '../../net/control-options.ts';

/** Who may use a control interface. */
export interface AccessRules {
  /** The address listened at. */
  readonly address: string;
  /** What a request has to show; undefined when none has to. */
  readonly token: string | undefined;
}

/**
 * Why a request is refused, undefined when it is not. Pages of other sites are kept out: by the Host header, which shows
 * a name of theirs that was made to point here, and by Origin, which browsers send along.
 */
export function refusal(request: ControlRequest, rules: AccessRules, isPublic = false): ControlReply | undefined {
  const { host = '', origin } = request.headers;
  if (!isOwnHost(host, rules.address))
    return failure(403, 'foreign-host', 'the Host header names neither this machine nor the address listened at');
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`)
    return failure(403, 'foreign-origin', 'pages of other origins may not use this interface');
  if (isPublic || rules.token === undefined) return undefined;
  const [, shown] = /^bearer +(\S+) *$/iu.exec(request.headers['authorization'] ?? '') ?? [];
  if (shown !== undefined && sameText(shown, rules.token)) return undefined;
  const what = shown === undefined ? 'no token came with the request' : 'the token is not the right one';
  const refused = failure(401, 'no-access', `${what}: send it as 'Authorization: Bearer TOKEN'`);
  return { ...refused, headers: { ...refused.headers, 'www-authenticate': 'Bearer' } };
}

/** Whether a Host header names the loopback or the address listened at; where that is not the loopback, any address does. */
export function isOwnHost(host: string, address: string): boolean {
  const [, name = ''] = /^(\[[^\]]*\]|[^:[\]]+)(?::\d{1,5})?$/u.exec(host.toLowerCase()) ?? [];
  const bare = name.replace(/^\[(.*)\]$/u, '$1');
  if (bare === 'localhost' || bare === address.toLowerCase()) return true;
  if (isIP(bare) === 0) return false;
  return bare === '::1' || /^127\./u.test(bare) || !/^(?:127\.|::1$)/u.test(address);
}

/** Compares without telling by the time it takes where two texts differ. */
function sameText(a: string, b: string): boolean {
  let differ = a.length ^ b.length;
  for (let at = 0; at < b.length; at++) differ |= (a.charCodeAt(at) || 0) ^ b.charCodeAt(at);
  return differ === 0;
}
