import { describe, expect, test } from 'vitest';
import { ascii, join, toHex } from '../../analysis/verify/keys.ts';
import { macOf } from '../../analysis/verify/mac.ts';
import { type SlicesFrom, slicesOf } from '../../analysis/verify/slices.ts';
import { verifyMac } from '../../analysis/verify/verify.ts';
import type { WspPush } from '../../dissectors/wap/push.ts';
import { hex } from './shared.ts';

const PIN = '4711';
const XML = '<wap-provisioningdoc version="1.0"><characteristic type="NAPDEF"/></wap-provisioningdoc>';
const BODY = hex('030b6a0341420045c65501871106034e4150310001871006ab0101');
const HEADERS = join(hex('0106301f2fb69181'), Uint8Array.of(0x92), ascii('0'.repeat(40)), hex('00af82'));
const DATAGRAM = join(HEADERS, BODY);

const from = (over: Partial<SlicesFrom> = {}): SlicesFrom => ({
  datagram: DATAGRAM,
  push: {
    body: { start: HEADERS.length, length: BODY.length },
    macRange: { start: 9, length: 40 },
  } as WspPush,
  xml: [XML],
  documentLength: BODY.length,
  wbxml: true,
  firstPart: HEADERS.length + 10,
  ...over,
});

const named = (signed: Uint8Array, over: Partial<SlicesFrom> = {}) =>
  verifyMac({
    sec: 1,
    mac: macOf(ascii(PIN), signed),
    body: BODY,
    keys: { imsi: [], pin: [PIN] },
    slices: () => slicesOf(from(over)),
  });

const utf8 = (text: string) => new TextEncoder().encode(text);
const changed = (at: number, to: number) => {
  const out = BODY.slice();
  out[at] = to;
  return out;
};
const DOCTYPE =
  '<!DOCTYPE wap-provisioningdoc PUBLIC "-//WAPFORUM//DTD PROV 1.0//EN" "http://www.wapforum.org/DTD/prov.dtd">';

describe('the MAC over something else than the document as delivered is named', () => {
  const cases: { name: string; as: string; signed: Uint8Array; over?: Partial<SlicesFrom> }[] = [
    { name: 'the push', as: 'mac-over-datagram', signed: DATAGRAM },
    { name: 'headers behind the MAC', as: 'mac-over-headers', signed: DATAGRAM.subarray(50) },
    { name: 'the NUL behind the MAC, too', as: 'mac-over-headers', signed: DATAGRAM.subarray(49) },
    {
      name: 'trailing octets left out',
      as: 'mac-over-document',
      signed: BODY.slice(0, -2),
      over: { documentLength: BODY.length - 2 },
    },
    { name: 'the first part alone', as: 'mac-over-first-part', signed: BODY.slice(0, 10) },
    { name: 'a NUL behind it', as: 'mac-over-terminator', signed: join(BODY, Uint8Array.of(0)) },
    { name: 'the last octet lost', as: 'mac-over-cut-document', signed: BODY.slice(0, -1) },
    { name: 'charset left open', as: 'mac-over-other-charset', signed: changed(2, 0) },
    { name: 'charset Latin 1', as: 'mac-over-other-charset', signed: changed(2, 4) },
    { name: 'WBXML 1.2', as: 'mac-over-other-version', signed: changed(0, 2) },
    { name: 'without header and string table', as: 'mac-over-no-header', signed: BODY.subarray(7) },
    { name: 'XML', as: 'mac-over-xml', signed: utf8(XML) },
    { name: 'XML with a line end', as: 'mac-over-xml', signed: utf8(`${XML}\r\n`) },
    { name: 'XML with a declaration', as: 'mac-over-xml', signed: utf8(`<?xml version="1.0"?>\n${XML}`) },
    { name: 'XML with all of it', as: 'mac-over-xml', signed: utf8(`<?xml version="1.0"?>\n${DOCTYPE}\n${XML}\n`) },
    { name: 'hex digits', as: 'mac-over-hex-text', signed: ascii(toHex(BODY)) },
  ];
  test.each(cases)('$name', ({ as, signed, over }) => {
    const v = named(signed, over);
    expect([v.verdict, v.matchesOtherDerivation]).toEqual(['invalid', as]);
    expect(v.explanation).toContain('The MAC was taken over');
    expect(v.fix).toMatch(/^[A-Z].*[^.]\.$/);
  });

  test('what is not known of a message makes no slice', () => {
    const over = { xml: [], wbxml: false, firstPart: null, documentLength: null };
    const names = slicesOf(from({ ...over, push: { body: { start: 3, length: 4 }, macRange: null } as WspPush }));
    expect(names.map((s) => s.name)).toEqual(['mac-over-datagram', 'mac-over-terminator', 'mac-over-cut-document']);
  });

  test('no body is too short', () => {
    for (let n = 0; n <= BODY.length; n += 1) {
      const datagram = DATAGRAM.subarray(0, HEADERS.length + n);
      const push = { body: { start: HEADERS.length, length: n }, macRange: { start: 9, length: 40 } } as WspPush;
      expect(slicesOf(from({ datagram, push })).every((s) => s.bytes.length > 0)).toBe(true);
    }
  });
});
