import type { CertificateInventory, InventoryPlace } from '../../lib/certs/sources/inventory.ts';
import type { InventoryParser } from '../../lib/certs/sources/read-source.ts';
import { parseJson } from '../../lib/config/json.ts';
import { type ConfigNode, follow, memberOf, plainValue, TextPlaces } from '../../lib/config/tree.ts';
import { validate } from '../../lib/config/validate.ts';

/** Reads an inventory of certificates; whatever is wrong with it comes back as a clause with the line it stands in. */
export const parseInventory: InventoryParser = (bytes) => {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { problem: 'this is no inventory of certificates: it is not UTF-8 text' };
  }
  // A blank in the place of the byte order mark leaves all else where it is.
  const parsed = parseJson(text.replace(/^\uFEFF/u, ' '));
  const places = new TextPlaces(text);
  if ('problem' in parsed) {
    const { at, message } = parsed.problem;
    return { problem: `this is no JSON: ${message}`, line: places.line(at) };
  }
  const value = plainValue(parsed.root);
  const [problem] = validate('certificates', value);
  if (problem !== undefined) {
    const { node } = follow(parsed.root, problem.path);
    const both = memberOf(node, 'path') !== undefined && memberOf(node, 'pem') !== undefined;
    const message = both ? `${problem.path} has both path and pem: keep one of them` : problem.message;
    return { problem: `this is no inventory of certificates: ${message}`, line: places.line(node.at) };
  }
  return { inventory: value as CertificateInventory, places: placesOf(parsed.root, text, places) };
};

/** The places of the entries in their order; offsets count octets. */
function placesOf(root: ConfigNode, text: string, places: TextPlaces): readonly InventoryPlace[] {
  const list = memberOf(root, 'certificates')?.value;
  let seen = 0;
  let octets = 0;
  return (list?.kind === 'list' ? list.items : []).map((item) => {
    const member = memberOf(item, 'pem') ?? memberOf(item, 'path');
    const at = member?.at ?? item.at;
    octets += Buffer.byteLength(text.slice(seen, at));
    seen = at;
    return { line: places.line(at), span: { start: octets, end: octets + (member?.name.length ?? 0) + 2 } };
  });
}
