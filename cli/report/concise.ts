import { ascii, printable } from './characters.ts';
import { type Look, paletteOf } from './look.ts';
import { where } from './pretty.ts';
import type { Reporter } from './reporter.ts';

/** One line for each finding, `path:line:column: severity rule: sentence`, for editors and grep. */
export function conciseReporter(look: Look): Reporter {
  const palette = paletteOf(look);
  return {
    opening: '',
    between: '',
    finding({ diagnostic, message }, { locators }) {
      const { severity, rule, place } = diagnostic;
      const line = `${where(place, locators)}: ${palette[severity](severity)} ${rule}: ${printable(message)}\n`;
      return look.unicode ? line : ascii(line);
    },
    closing: () => '',
  };
}
