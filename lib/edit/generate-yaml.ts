/** A value of a spec that is written as YAML. */
export type SpecValue =
  | string
  | number
  | boolean
  | null
  | readonly SpecValue[]
  | { readonly [name: string]: SpecValue };

/** The members of a map as YAML, one line each where they fit; any text is read back as it was. */
export function yamlText(map: { readonly [name: string]: SpecValue }, indent = ''): string {
  return Object.entries(map)
    .map(([name, value]) => memberText(word(name), value, indent))
    .join('');
}

function memberText(name: string, value: SpecValue, indent: string): string {
  const flow = flowText(value);
  const line = `${indent}${name}: ${flow}\n`;
  const isDeep = isMap(value) && Object.values(value).some((each) => typeof each === 'object' && each !== null);
  const isShort = line.length <= (isMap(value) ? 80 : 120) && !(indent === '' && isDeep && name !== 'zone');
  if (typeof value !== 'object' || value === null || isShort) return line;
  if (isMap(value)) return `${indent}${name}:\n${yamlText(value, `${indent}  `)}`;
  return `${indent}${name}:\n${(value as readonly SpecValue[]).map((each) => `${indent}  - ${flowText(each)}\n`).join('')}`;
}

function flowText(value: SpecValue): string {
  if (typeof value === 'string') return word(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (!isMap(value)) return `[${(value as readonly SpecValue[]).map(flowText).join(', ')}]`;
  const members = Object.entries(value).map(([name, each]) => `${word(name)}: ${flowText(each)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function isMap(value: SpecValue): value is { readonly [name: string]: SpecValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Words that YAML 1.1 or 1.2 takes for something else than text. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n|nan|inf)$/i;
const PLAIN = /^[a-z_][a-z0-9._+@-]*$/i;
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{1,4}(?::[\da-f]{0,4}){3,7})$/i;

/** Text without quotes where nobody can take it for something else. */
function word(text: string): string {
  if (PLAIN.test(text) && !RESERVED.test(text)) return text;
  if (ADDRESS.test(text) && !text.endsWith(':')) return text;
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
