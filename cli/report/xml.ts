import { printable } from './characters.ts';

/** Characters that XML 1.0 cannot hold in any way and that are no controls: halves of surrogate pairs and two non-characters. */
const IMPOSSIBLE = /[\p{Surrogate}\ufffe\uffff]/gu;

const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Any text as the content of an XML element or attribute, on one line; controls are made visible, since XML forbids them. */
export function xmlText(text: string): string {
  return printable(text)
    .replace(IMPOSSIBLE, '\ufffd')
    .replace(/[&<>"']/gu, (sign) => NAMED[sign] ?? sign);
}

/** Attributes of an element, each with a blank before it. */
export function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join('');
}

/** The first line of an XML document. */
export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
