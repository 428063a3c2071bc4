import { FAULT_PRESETS, type FaultPreset } from '../lib/server/faults/presets.ts';
import { type Look, paletteOf } from './report/look.ts';
import { counted } from './report/words.ts';
import { fact, wrap } from './rule-text.ts';

/** The preset of a name. */
export function presetNamed(name: string): FaultPreset | undefined {
  return FAULT_PRESETS.find((preset) => preset.name === name);
}

/** All presets, a line each. */
export function presetList(look: Look): string {
  const palette = paletteOf(look);
  const width = Math.max(...FAULT_PRESETS.map(({ name }) => name.length));
  const lines = FAULT_PRESETS.map(
    ({ name, description }) => `${palette.strong(name)}${' '.repeat(width - name.length)}  ${description}`,
  );
  const how = 'A fault takes one by preset: NAME. zonewright explain NAME tells more.';
  return `${lines.join('\n')}\n\n${counted(FAULT_PRESETS.length, 'preset')}. ${how}\n`;
}

/** A preset for a terminal: what it does, where it was met, and what a fault without it would have to say. */
export function presetText(preset: FaultPreset, look: Look): string {
  const palette = paletteOf(look);
  const width = Math.min(look.width, 100);
  return [
    `${palette.strong(preset.name)} (preset of faults)`,
    '',
    ...wrap(preset.description, width),
    '',
    ...fact('Met', [preset.source], width, palette),
    ...fact('Stands for', partsOf(preset), width, palette),
    ...fact('Use', ['zonewright serve ZONE --faults FILE, with this in FILE:'], width, palette),
    ...usage(preset).map((line) => `    ${line}`),
    '',
  ].join('\n');
}

/** The same as Markdown. */
export function presetMarkdown(preset: FaultPreset): string {
  const parts = partsOf(preset).map((part) => `- \`${part}\``);
  const use = ['```yaml', ...usage(preset), '```'];
  return `${[`# ${preset.name}`, preset.description, `Met: ${preset.source}`, parts.join('\n'), use.join('\n')].join('\n\n')}\n`;
}

function partsOf({ match, trigger, action }: FaultPreset): string[] {
  const parts = Object.entries({ match, trigger, action });
  return parts.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${JSON.stringify(value)}`]));
}

function usage({ name }: FaultPreset): string[] {
  return ['faults:', `  - id: ${name}`, `    preset: ${name}`];
}
