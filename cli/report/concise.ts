import { ascii, printable } from './characters.ts';
import { type Look, paletteOf } from './look.ts';
import { where } from './pretty.ts';
import { reporterOf } from './reported.ts';
import type { Reporter } from './reporter.ts';

/** One line for each finding, `path:line:column: severity rule: sentence`, for editors and grep. */
export function conciseReporter(look: Look): Reporter {
  const palette = paletteOf(look);
  return reporterOf({
    opening: '',
    between: '',
    reported(finding) {
      const { severity, rule, message } = finding;
      const line = `${where(finding)}: ${palette[severity](severity)} ${rule}: ${printable(message)}\n`;
      return look.unicode ? line : ascii(line);
    },
    closing: () => '',
  });
}
