// SEC and MAC of a push (OMA-WAP-TS-ProvCont-V1_1 4.3).

import type { Encoded } from './forms.ts';

const MAC = '0BB3BB551F0A93359EC29E6CEAC1440E4A617489';
const BODY = '03 0b 6a 00 05';

const hex = (text: string): string => [...text].map((ch) => ch.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');
const octets = (n: number): string => n.toString(16).padStart(2, '0');
const size = (s: string): number => s.replace(/\s+/g, '').length / 2;

/** A push with the content type connectivity-wbxml and these parameters. */
function push(...parameters: string[]): string {
  const all = parameters.join(' ');
  const value = `1f ${octets(size(all) + 1)} b6 ${all}`;
  return `01 06 ${octets(size(value))} ${value} ${BODY}`;
}

const SEC = '91 81';
const mac = (text = MAC): string => `92 ${hex(text)} 00`;

const of = (code: string, fails: string, also: readonly string[] = []): Encoded => ({
  code: `WSP-${code}`,
  form: 'push',
  passes: push(SEC, mac()),
  fails,
  also,
});

export const SECURITY_EXAMPLES: readonly Encoded[] = [
  of('SEC-FORM', push('91 01 01', mac())),
  of('SEC-TWICE', push(SEC, '91 80', mac())),
  of('SEC-RANGE', push('91 84', mac())),
  of('SEC-WITHOUT-MAC', push(SEC)),
  of('MAC-WITHOUT-SEC', push(mac())),
  of('MAC-TWICE', push(SEC, mac(), mac('00'))),
  of('MAC-ORDER', push(mac(), SEC)),
  of('MAC-CASE', push(SEC, mac(MAC.toLowerCase()))),
  of('MAC-LENGTH', push(SEC, mac(MAC.slice(2)))),
  of('MAC-DIGITS', push(SEC, mac(`XY${MAC.slice(2)}`))),
  of('MAC-QUOTES', push(SEC, mac(`"${MAC}"`))),
  of('MAC-SPACES', push(SEC, mac(` ${MAC} `))),
  of('MAC-TERMINATOR', push(SEC, mac().slice(0, -3))),
];
