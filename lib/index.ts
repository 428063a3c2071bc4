export * as certs from './certs/index.ts';
export * as edit from './edit/index.ts';
export * as lint from './lint/index.ts';
export * as mail from './mail/index.ts';
export * as rr from './rr/index.ts';
export * as text from './text/index.ts';
export * as wire from './wire/index.ts';
export * as zone from './zone/index.ts';
