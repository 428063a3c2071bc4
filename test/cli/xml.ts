/** An element of an XML document as the tests look at it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const HEAD = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/u;
const TAG = /<(?:\/([\w.-]+)|([\w.-]+)((?:\s+[\w.-]+="[^"<]*")*)\s*(\/?))>/uy;
const ATTRIBUTE = /([\w.-]+)="([^"<]*)"/gu;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads a document as strictly as XML 1.0 asks, for the constructs that reports use; throws at the first fault. */
export function parseXml(text: string): XmlElement {
  const bad = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text);
  if (bad !== null) throw new Error(`character ${bad[0].codePointAt(0)?.toString(16)} is not allowed in XML`);
  if (!HEAD.test(text)) throw new Error('no XML declaration');
  const body = text.replace(HEAD, '');
  const top: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  for (let at = 0; at < body.length; ) {
    const here = open.at(-1) ?? top;
    if (body[at] !== '<') {
      const end = body.indexOf('<', at);
      const piece = body.slice(at, end < 0 ? body.length : end);
      if (piece.includes(']]>')) throw new Error('"]]>" in text');
      here.text += unescaped(piece);
      at += piece.length;
      continue;
    }
    TAG.lastIndex = at;
    const tag = TAG.exec(body);
    if (tag === null) throw new Error(`no tag at ${body.slice(at, at + 60)}`);
    at = TAG.lastIndex;
    const [, closed, name = '', list = '', empty] = tag;
    if (closed !== undefined) {
      if (open.pop()?.name !== closed) throw new Error(`</${closed}> closes another element`);
      continue;
    }
    const pairs = [...list.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, unescaped(value)] as const);
    if (new Set(pairs.map(([key]) => key)).size !== pairs.length) throw new Error(`<${name}> repeats an attribute`);
    const element: XmlElement = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
    here.children.push(element);
    if (empty === '') open.push(element);
  }
  const [root, ...more] = top.children;
  if (open.length !== 1 || root === undefined || more.length > 0 || top.text.trim() !== '')
    throw new Error('not one root');
  return root;
}

function unescaped(text: string): string {
  return text.replace(/&([^;&]*);?/gu, (whole, name: string) => {
    const character = whole.endsWith(';') ? ENTITIES[name] : undefined;
    if (character === undefined) throw new Error(`${whole} is no entity`);
    return character;
  });
}

/** Every element of a name, in document order. */
export function elements(root: XmlElement, name: string): XmlElement[] {
  return [...(root.name === name ? [root] : []), ...root.children.flatMap((child) => elements(child, name))];
}
