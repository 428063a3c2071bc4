export type { KindName } from './kind.ts';
