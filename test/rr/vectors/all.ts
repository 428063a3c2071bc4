import { ADDRESS_VECTORS } from './address.ts';
import { GENERIC_VECTORS } from './generic.ts';
import { KEYS_VECTORS } from './keys.ts';
import { NAMES_VECTORS } from './names.ts';
import { SERVICES_VECTORS } from './services.ts';
import type { TypeVectors } from './shape.ts';
import { TEXT_VECTORS } from './text.ts';

/** The vectors of every type. */
export const VECTORS: readonly TypeVectors[] = [
  ...ADDRESS_VECTORS,
  ...NAMES_VECTORS,
  ...TEXT_VECTORS,
  ...KEYS_VECTORS,
  ...SERVICES_VECTORS,
  ...GENERIC_VECTORS,
];
