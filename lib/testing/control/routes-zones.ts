import { sayChangeProblem } from '../../edit/change-problem.ts';
import type { ControlReply, ControlRequest } from '../../net/control-options.ts';
import { nameToText } from '../../rr/name.ts';
import { classToText } from '../../rr/types.ts';
import type { ServedZone } from '../../server/served-zone.ts';
import { ServedZones } from '../../server/served-zones.ts';
import { jsonChunks } from '../../zone/json.ts';
import { zoneFileChunks } from '../../zone/print.ts';
import { ZoneTree } from '../../zone/tree.ts';
import type { Zone } from '../../zone/zone.ts';
import { absoluteName } from './names.ts';
import { type LintWord, type ReadZone, zoneOfJson, zoneOfText } from './read-zone.ts';
import { ControlError, JSON_TYPE, jsonOf, jsonReply, mediaTypeOf, NO_CONTENT, objectOf, ZONE_TYPE } from './replies.ts';
import { type Call, type Parameter, pathPart, type Route } from './route.ts';
import { changesOf } from './zone-changes.ts';
import { CHANGES_SCHEMA, PUT_ZONES_SCHEMA, ZONE_SCHEMA, ZONE_SUMMARY_SCHEMA, ZONES_SCHEMA } from './zone-schemas.ts';

const LINT: Parameter = {
  name: 'lint',
  description: 'zones that name servers refuse to load: refuse, warn or off',
  schema: { type: 'string', enum: ['refuse', 'warn', 'off'], default: 'refuse' },
};

const FORM: Parameter = {
  name: 'format',
  description: 'zone text or JSON, whatever Accept says',
  schema: { type: 'string', enum: ['text', 'json'] },
};

const SUMMARY = { [JSON_TYPE]: ZONE_SUMMARY_SCHEMA };
const NO_ZONE = { description: 'what was sent is no zone, or one that name servers would refuse' };
const NONE_SUCH = { description: 'no zone of this name is served' };

/** Routes that read and change what is served. */
export const ZONE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/zones',
    summary: 'list the zones that are served',
    answers: { 200: { description: 'all zones', content: { [JSON_TYPE]: ZONES_SCHEMA } } },
    handle: ({ context }) => jsonReply({ zones: context.server.zones.zones().map((zone) => summary(zone)) }),
  },
  {
    method: 'PUT',
    path: '/v1/zones',
    summary: 'serve these zones and no others',
    parameters: [LINT],
    body: { content: { [JSON_TYPE]: PUT_ZONES_SCHEMA } },
    answers: { 200: { description: 'all zones', content: { [JSON_TYPE]: ZONES_SCHEMA } }, 422: NO_ZONE },
    handle: putZones,
  },
  {
    method: 'DELETE',
    path: '/v1/zones',
    summary: 'serve no zone any more',
    answers: { 204: { description: 'done' } },
    handle: ({ context }) => {
      context.server.zones = new ServedZones([]);
      return NO_CONTENT;
    },
  },
  {
    method: 'GET',
    path: '/v1/zones/{name}',
    summary: 'read a zone as text or JSON; @ is the root',
    parameters: [FORM],
    answers: {
      200: { description: 'the zone', content: { [ZONE_TYPE]: { type: 'string' }, [JSON_TYPE]: ZONE_SCHEMA } },
      404: NONE_SUCH,
    },
    handle: getZone,
  },
  {
    method: 'PUT',
    path: '/v1/zones/{name}',
    summary: 'serve a zone, in the place of the one with its name',
    parameters: [LINT],
    body: { content: { [ZONE_TYPE]: { type: 'string' }, [JSON_TYPE]: ZONE_SCHEMA } },
    answers: {
      200: { description: 'replaced', content: SUMMARY },
      201: { description: 'new', content: SUMMARY },
      415: { description: 'the body is of another media type' },
      422: NO_ZONE,
    },
    handle: putZone,
  },
  {
    method: 'PATCH',
    path: '/v1/zones/{name}',
    summary: 'change records: all of the changes or, with a problem, none',
    body: { content: { [JSON_TYPE]: CHANGES_SCHEMA } },
    answers: {
      200: { description: 'changed', content: SUMMARY },
      404: NONE_SUCH,
      409: { description: 'the zone is not such that the change can be made' },
      422: { description: 'the changes cannot be read' },
    },
    handle: patchZone,
  },
  {
    method: 'DELETE',
    path: '/v1/zones/{name}',
    summary: 'serve a zone no more',
    answers: { 204: { description: 'done' }, 404: NONE_SUCH },
    handle: (call) => {
      const { origin } = zoneOf(call);
      call.context.server.removeZone(origin);
      return NO_CONTENT;
    },
  },
];

/** What a list tells of a zone. */
export function summary({ origin, text, serial, class: zoneClass }: ServedZone): object {
  return { name: nameToText(origin), class: classToText(zoneClass), serial, records: text.zone.count };
}

function zoneOf(call: Call): ServedZone {
  const name = absoluteName(pathPart(call, 'name'));
  const served = call.context.server.zones.zone(name);
  if (served !== undefined) return served;
  throw new ControlError(404, 'no-such-zone', `no zone ${nameToText(name)} is served`);
}

function getZone(call: Call): ControlReply {
  const { zone } = zoneOf(call).text;
  const { query, request } = call;
  const json =
    query['format'] === undefined ? /\bjson\b/u.test(request.headers['accept'] ?? '') : query['format'] === 'json';
  const body = json ? jsonChunks(zone) : textOfZone(zone);
  return { status: 200, headers: { 'content-type': json ? JSON_TYPE : `${ZONE_TYPE}; charset=utf-8` }, body };
}

/** The text of a zone as it stands in its file; written anew when it has several. */
function textOfZone(zone: Zone): Uint8Array | Iterable<string> {
  const [file, ...more] = zone.files;
  const whole = file !== undefined && more.length === 0 && zone.directives.every(({ kind }) => kind !== 'INCLUDE');
  return whole ? file.bytes : zoneFileChunks(zone);
}

function lintOf({ query }: Call): LintWord {
  return (query['lint'] ?? 'refuse') as LintWord;
}

function putZone(call: Call): ControlReply {
  const { context, request } = call;
  const origin = absoluteName(pathPart(call, 'name'));
  const { zone, warnings } = readBody(request, origin, lintOf(call), context.now());
  const isNew = context.server.zones.zone(origin) === undefined;
  context.server.putZone(zone);
  return told(call, origin, { status: isNew ? 201 : 200, warnings });
}

/** The summary of a zone after a change, with warnings when there are any. */
function told(
  { context }: Call,
  origin: Uint8Array,
  { status = 200, warnings = [] }: { readonly status?: number; readonly warnings?: ReadZone['warnings'] } = {},
): ControlReply {
  const served = context.server.zones.zone(origin);
  return jsonReply({ ...(served && summary(served)), ...(warnings.length > 0 && { warnings }) }, status);
}

/** Types under which tools send text when nobody tells them otherwise. */
const PLAIN = /^(?:text\/.*|application\/(?:octet-stream|x-www-form-urlencoded))$/u;

function readBody(request: ControlRequest, origin: Uint8Array, lint: LintWord, now: number): ReadZone {
  const type = mediaTypeOf(request) ?? ZONE_TYPE;
  if (/^application\/(?:.*\+)?json$/u.test(type)) return zoneOfJson(jsonOf(request), lint, now, origin);
  if (PLAIN.test(type)) return zoneOfText(request.body, origin, lint, now);
  throw new ControlError(415, 'bad-media-type', `a zone is ${ZONE_TYPE} or ${JSON_TYPE}, not ${type}`);
}

function putZones(call: Call): ControlReply {
  const { context, request } = call;
  const { zones } = objectOf(jsonOf(request), 'the body', ['zones']);
  if (!Array.isArray(zones)) throw new ControlError(422, 'invalid', '"zones" is a list of zones');
  const read = zones.map((each) => zoneOfMember(each, lintOf(call), context.now()));
  const served = new ServedZones(read.map(({ zone }) => new ZoneTree(zone)));
  if (served.size !== read.length) throw new ControlError(422, 'invalid', 'two of the zones have the same name');
  context.server.zones = served;
  return jsonReply({ zones: served.zones().map((zone) => summary(zone)) });
}

/** A zone as JSON, or its name and text. */
function zoneOfMember(value: unknown, lint: LintWord, now: number): ReadZone {
  const { text, name } = objectOf(value, 'a zone');
  if (text === undefined) return zoneOfJson(value, lint, now);
  objectOf(value, 'a zone with text', ['name', 'text']);
  if (typeof text !== 'string' || typeof name !== 'string')
    throw new ControlError(422, 'invalid', 'a zone has "name" and "text", or "origin" and "records"');
  return zoneOfText(Buffer.from(text), absoluteName(name), lint, now);
}

function patchZone(call: Call): ControlReply {
  const { context, request } = call;
  const { origin } = zoneOf(call);
  const value = jsonOf(request);
  const problem = context.server.changeZone(origin, (zone) => changesOf(value, zone, context.now()));
  if (problem === undefined) return told(call, origin);
  throw new ControlError(409, problem.code, sayChangeProblem(problem), {
    ...(problem.change >= 0 && { change: problem.change }),
  });
}
