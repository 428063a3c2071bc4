import type { Answer, Content, Route, Schema } from './route.ts';

/** The shape of every error. */
const ERROR: Schema = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: {
        code: { type: 'string', description: 'a word for programs' },
        message: { type: 'string', description: 'a sentence for people' },
      },
      required: ['code', 'message'],
    },
  },
  required: ['error'],
};

/** The description of routes in the form of OpenAPI 3.1. */
export function openApiOf(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'zonewright serve --control',
      version,
      description:
        'Zones, faults and queries of a running test server. Every request needs the token that the server told when it started.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: ERROR },
      responses: {
        Error: {
          description: 'what is wrong with the request',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
    },
  };
}

function operation({ method, path, summary, parameters = [], body, answers }: Route): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/gu)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = parameters.map((each) => ({ ...each, in: 'query' }));
  return {
    operationId: operationId(method, path),
    summary,
    ...(inPath.length + inQuery.length > 0 && { parameters: [...inPath, ...inQuery] }),
    ...(body && { requestBody: { required: body.optional !== true, content: contentOf(body.content) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [status, response(Number(status), answer)]),
      ),
      default: { $ref: '#/components/responses/Error' },
    },
  };
}

/** `GET /v1/zones/{name}` is `getZonesName`. */
function operationId(method: string, path: string): string {
  const words = path.split(/[^a-z]+/u).filter((word) => word !== '' && word !== 'v');
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function response(status: number, { description, content }: Answer): object {
  const error = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
  if (status >= 400) return { description, content: error };
  return { description, ...(content && { content: contentOf(content) }) };
}

function contentOf(content: Content): object {
  return Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema }]));
}
