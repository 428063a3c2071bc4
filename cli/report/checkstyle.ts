import { reporterOf } from './reported.ts';
import type { Reporter } from './reporter.ts';
import { attributes, XML_HEAD } from './xml.ts';

/** For tools that read Checkstyle reports: findings in a `file` element, one for each run of findings of a file. */
export function checkstyleReporter(): Reporter {
  let open: string | undefined;
  const close = (): string => (open === undefined ? '' : '  </file>\n');
  const into = (file: string, element: string): string => {
    if (file === open) return element;
    const text = `${close()}  <file${attributes({ name: file })}>\n${element}`;
    open = file;
    return text;
  };
  return reporterOf({
    opening: `${XML_HEAD}<checkstyle version="10.0">\n`,
    between: '',
    document: true,
    reported({ file, range, severity, message, rule }) {
      const { line, column } = range.start;
      return JSON.stringify([file, errorElement({ line, column, severity, message, source: `zonewright.${rule}` })]);
    },
    take(rendered) {
      const [file, element] = JSON.parse(rendered) as [string, string];
      return into(file, element);
    },
    closing(_summary, _findings, { failures }) {
      const elements = failures.map(({ file, message, skipped }) => {
        const severity = skipped ? 'info' : 'error';
        return into(file, errorElement({ line: 1, severity, message, source: 'zonewright.unreadable-file' }));
      });
      return `${elements.join('')}${close()}</checkstyle>\n`;
    },
  });
}

function errorElement(values: Readonly<Record<string, string | number>>): string {
  return `    <error${attributes(values)}/>\n`;
}
