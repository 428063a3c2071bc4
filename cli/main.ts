import { version } from './version.ts';

console.log(version);
