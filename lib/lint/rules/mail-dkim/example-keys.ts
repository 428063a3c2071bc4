/** Public keys for examples; whoever had the private ones threw them away. */
export const RSA_2048: string =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAt1EntwIzDsM8Hw6c+pBxTbBtjr0VCSeKbT/s9TC6DxdvEMK4YPamKXaOj43fwI8ResK2vZzLUiLnHslUNCtXnyQb0PBu2Aaw4bJjY4h71Yaz9IRZO6KXNahbEWiqjewIp+uwIv/C3nsx1TQo6TKmH03a' +
  'bv8LKpKCWShoUO4QockTz5N+Edc4Mp8dlYBE14KDykQiIyk7OW5RH+CszZpoeN8PxXGU4TTF9+4h+vnmJ+XM9FO6rUU7vVJc3esSFbHAQ1zqwhHQ4Coegs31s11PgZ/wJIB+ZDOJvD0Qs6OV0fYzHzMhZ7WT4DLVWgxE9/lwdicm/2jQ2/b+FlNT6LCjkwIDAQAB';

/** RSA of 1024 bits. */
export const RSA_1024: string =
  'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDE2RSSILTulel80LRpHfcwt6VZ6YyZv5pEo0rFiGF4LYKUqnzywxCsL8Jebo5YfogThOoU2qY3gi612dg7fD6SO30rRG1qupTECm00vPxAk45ecHxwh+eLoqmVOssNn+bHOWv0u5QyGaEkbhsGos1xBg3tpy8u' +
  'am/2gYq83tGyMQIDAQAB';

/** RSA of 512 bits. */
export const RSA_512: string =
  'MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBANDj3SdE2hjncFOyya1geaaaMQJSAh/UyHfSxoYnYwgWrIliMrwcbA0rjYkOW8LV0vf/G8aNNrXRlhDni9FHj7cCAwEAAQ==';

/** The 32 octets of the first test vector of RFC 8032 §7.1. */
export const ED25519: string = '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';

/** The same key as a SubjectPublicKeyInfo (RFC 8410 §4). */
export const ED25519_WRAPPED: string = 'MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';

/** A text as strings of a zone file, none longer than it may be. */
export function inStrings(text: string): string {
  return (text.match(/.{1,255}/g) ?? ['']).map((each) => `"${each}"`).join(' ');
}

/** A SubjectPublicKeyInfo with an RSA modulus of that many bits, none of which anybody thought about. */
export function rsaOf(bits: number): string {
  const modulus = Buffer.alloc(bits / 8 + 1, 0xc5);
  modulus[0] = 0;
  const key = der(0x30, Buffer.concat([der(0x02, modulus), der(0x02, Buffer.of(1, 0, 1))]));
  const algorithm = Buffer.from('300d06092a864886f70d0101010500', 'hex');
  const bitString = der(0x03, Buffer.concat([Buffer.of(0), key]));
  return der(0x30, Buffer.concat([algorithm, bitString])).toString('base64');
}

function der(tag: number, contents: Buffer): Buffer {
  const { length } = contents;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), contents]);
}
