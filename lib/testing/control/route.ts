import type { ControlReply, ControlRequest } from '../../net/control-options.ts';
import type { ListenAt } from '../../net/serve-options.ts';
import type { ServedZones } from '../../server/served-zones.ts';
import type { TestServer } from '../../server/test-server.ts';

/** What a control interface works with. */
export interface ControlContext {
  readonly server: TestServer;
  /** Name and version of the program. */
  readonly version: string;
  /** The zones that a reset brings back. */
  readonly loaded: () => ServedZones;
  /** Where queries are taken. */
  readonly listeners: () => readonly ListenAt[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after so many milliseconds, or when the signal comes. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Told when a reset is asked for, so that others that keep something forget it. */
  readonly onReset?: () => void;
}

/** A JSON Schema (2020-12). */
export type Schema = Readonly<Record<string, unknown>>;

/** A parameter of a query. */
export interface Parameter {
  readonly name: string;
  readonly description: string;
  readonly schema: Schema & { readonly type: 'string' | 'integer' };
}

/** A body that is sent or answered, by its media types. */
export type Content = Readonly<Record<string, Schema>>;

/** One answer that a route may give. */
export interface Answer {
  readonly description: string;
  readonly content?: Content;
}

/** One request as its route sees it. */
export interface Call {
  readonly context: ControlContext;
  readonly request: ControlRequest;
  /** What stands in the path for its parameters. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | number | undefined>>;
}

/** One path and method with its description and what it does. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With parameters in braces. */
  readonly path: string;
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  readonly body?: { readonly content: Content; readonly optional?: true };
  /** By status; errors that any route may give are not named. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** May throw ControlError. */
  readonly handle: (call: Call) => ControlReply | Promise<ControlReply>;
}

/** What stands for a parameter of the path. */
export function pathPart({ path }: Call, name: string): string {
  return path[name] ?? '';
}
