import type { ControlReply, ControlRequest } from '../../net/control-options.ts';

/** What keeps a request from being answered: a status, a word for programs and a sentence; `more` stands beside them. */
export class ControlError extends Error {
  override readonly name: string = 'ControlError';
  readonly status: number;
  readonly code: string;
  readonly more: object;

  constructor(status: number, code: string, message: string, more: object = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.more = more;
  }
}

/** Media types that are answered or read. */
export const JSON_TYPE = 'application/json';
export const ZONE_TYPE = 'text/dns';

/** A value as JSON. */
export function jsonReply(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): ControlReply {
  return { status, headers: { 'content-type': JSON_TYPE, ...headers }, body: `${JSON.stringify(value)}\n` };
}

/** Done, and nothing to say. */
export const NO_CONTENT: ControlReply = { status: 204 };

/** The media type of a body without its parameters, undefined when none is given. */
export function mediaTypeOf({ headers }: ControlRequest): string | undefined {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  return type.trim() === '' ? undefined : type.trim().toLowerCase();
}

/** The text of a body; throws ControlError. */
function textOf({ body }: ControlRequest): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new ControlError(400, 'not-utf-8', 'the body is no UTF-8 text');
  }
}

/** The value that a body holds as JSON; throws ControlError. */
export function jsonOf(request: ControlRequest): unknown {
  const text = textOf(request);
  if (text.trim() === '') throw new ControlError(400, 'body-missing', 'the request needs a body of JSON');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ControlError(400, 'not-json', `the body is no JSON: ${String((error as Error).message)}`);
  }
}

/** An object of JSON with no members but those named; throws ControlError. */
export function objectOf(value: unknown, what: string, members?: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ControlError(422, 'invalid', `${what} is an object of JSON`);
  for (const name of Object.keys(value)) {
    if (members !== undefined && !members.includes(name))
      throw new ControlError(422, 'invalid', `${what} has no member '${name}': it may have ${members.join(', ')}`);
  }
  return value as Readonly<Record<string, unknown>>;
}
