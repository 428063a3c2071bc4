import { openApiOf } from './openapi.ts';
import { JSON_TYPE, jsonReply } from './replies.ts';
import type { Route } from './route.ts';
import { FAULT_ROUTES, PRESET_ROUTES } from './routes-faults.ts';
import { QUERY_ROUTES } from './routes-queries.ts';
import { SERVER_ROUTES } from './routes-server.ts';
import { ZONE_ROUTES } from './routes-zones.ts';

/** All routes of the control interface. */
export const ROUTES: readonly Route[] = [
  ...SERVER_ROUTES,
  ...ZONE_ROUTES,
  ...FAULT_ROUTES,
  ...PRESET_ROUTES,
  ...QUERY_ROUTES,
  {
    method: 'GET',
    path: '/v1/openapi.json',
    summary: 'describe this interface',
    answers: { 200: { description: 'OpenAPI 3.1', content: { [JSON_TYPE]: { type: 'object' } } } },
    handle: ({ context }) => jsonReply(openApi(context.version)),
  },
];

/** The description of the control interface in the form of OpenAPI 3.1. */
export function openApi(version: string): object {
  return openApiOf(ROUTES, version);
}
