import { type ControlReply, type ControlRequest, failure } from '../../net/control-options.ts';
import { nearest } from '../../text/nearest.ts';
import { type AccessRules, refusal } from './access.ts';
import { ControlError } from './replies.ts';
import type { Call, ControlContext, Parameter, Route } from './route.ts';
import { ROUTES } from './routes.ts';

/** Headers of every answer: nothing is kept, guessed or shown to others. */
const HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

/** Where a request goes: its path taken apart. */
interface Target {
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

/** Answers requests of the control interface; `pages` are paths that anybody on this machine may see. */
export async function answerControl(
  request: ControlRequest,
  context: ControlContext,
  rules: AccessRules,
  pages: ReadonlyMap<string, () => ControlReply> = new Map(),
): Promise<ControlReply> {
  const page = request.method === 'GET' || request.method === 'HEAD' ? pages.get(pathOf(request.target)) : undefined;
  const reply = refusal(request, rules, page !== undefined) ?? (await (page?.() ?? routed(request, context)));
  return { ...reply, headers: { ...HEADERS, ...reply.headers } };
}

/** Answers a request that may be answered. */
async function routed(request: ControlRequest, context: ControlContext): Promise<ControlReply> {
  try {
    const target = targetOf(request.target);
    const { route, path } = routeOf(request.method, target);
    return await route.handle({ context, request, path, query: parametersOf(route, target.query) });
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    const refused = failure(error.status, error.code, error.message, error.more);
    const { allow } = error.more as { readonly allow?: readonly string[] };
    return { ...refused, headers: { ...refused.headers, ...(allow && { allow: allow.join(', ') }) } };
  }
}

function pathOf(target: string): string {
  return target.split('?', 1)[0] ?? '';
}

function targetOf(target: string): Target {
  const path = pathOf(target);
  try {
    const segments = path.split('/').slice(1).map(decodeURIComponent);
    return { segments, query: new URLSearchParams(target.slice(path.length + 1)) };
  } catch {
    throw new ControlError(400, 'bad-path', 'the path has a percent sign that is no escape of UTF-8');
  }
}

const ROUTE_SEGMENTS: ReadonlyMap<Route, readonly string[]> = new Map(
  ROUTES.map((route) => [route, route.path.split('/').slice(1)]),
);

function routeOf(method: string, { segments }: Target): { readonly route: Route; readonly path: Call['path'] } {
  const fitting = ROUTES.flatMap((route) => {
    const path = fitted(ROUTE_SEGMENTS.get(route) ?? [], segments);
    return path === undefined ? [] : [{ route, path }];
  });
  // A path without parameters comes before one that has some.
  fitting.sort((a, b) => Object.keys(a.path).length - Object.keys(b.path).length);
  const [first] = fitting;
  if (first === undefined) {
    throw new ControlError(
      404,
      'no-such-path',
      `there is no /${segments.join('/')}: GET /v1/openapi.json tells what there is`,
    );
  }
  const here = fitting.filter(({ route }) => route.path === first.route.path);
  const wanted = method === 'HEAD' ? 'GET' : method;
  const found = here.find(({ route }) => route.method === wanted);
  if (found !== undefined) return found;
  const allow = here.map((each) => each.route.method);
  throw new ControlError(405, 'bad-method', `${first.route.path} takes ${allow.join(', ')}, not ${method}`, { allow });
}

function fitted(pattern: readonly string[], segments: readonly string[]): Call['path'] | undefined {
  if (pattern.length !== segments.length) return undefined;
  const path: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const given = segments[index] ?? '';
    const [, name] = /^\{(\w+)\}$/u.exec(part) ?? [];
    if (name === undefined ? part !== given : given === '') return undefined;
    if (name !== undefined) path[name] = given;
  }
  return path;
}

/** The parameters of a query as the route describes them. Throws ControlError. */
function parametersOf({ parameters = [] }: Route, query: URLSearchParams): Call['query'] {
  const names = parameters.map(({ name }) => name);
  for (const name of query.keys()) {
    if (names.includes(name)) continue;
    const near = nearest(name, names);
    throw new ControlError(
      400,
      'bad-parameter',
      `unknown parameter '${name}'${near === undefined ? '' : `; did you mean '${near}'?`}`,
    );
  }
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, parameterValue(parameter, query)]));
}

function parameterValue({ name, schema }: Parameter, query: URLSearchParams): string | number | undefined {
  const [text, ...more] = query.getAll(name);
  if (more.length > 0) throw new ControlError(400, 'bad-parameter', `the parameter '${name}' is given more than once`);
  if (text === undefined) return schema['default'] as string | number | undefined;
  if (schema.type === 'integer') {
    const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = schema as { minimum?: number; maximum?: number };
    const number = /^\d{1,16}$/u.test(text) ? Number(text) : Number.NaN;
    if (number >= minimum && number <= maximum) return number;
    throw new ControlError(400, 'bad-parameter', `'${name}' is a whole number from ${minimum} to ${maximum}`);
  }
  const { enum: words } = schema as { enum?: readonly string[] };
  if (words === undefined || words.includes(text)) return text;
  throw new ControlError(400, 'bad-parameter', `'${name}' is one of ${words.join(', ')}`);
}
