import { describe, expect, test } from 'vitest';
import { halves, METHODS } from '../../analysis/verify/candidates.ts';
import { verificationFindings } from '../../analysis/verify/findings.ts';
import { hash } from '../../analysis/verify/guess/hmac.ts';
import { hmac256 } from '../../analysis/verify/hmac256.ts';
import { ascii, fromHex, imsiDigits, imsiKey, imsiSteps, join, semiOctets, toHex } from '../../analysis/verify/keys.ts';
import { decimalDigits, macOf, readMac } from '../../analysis/verify/mac.ts';
import { serialKeys } from '../../analysis/verify/serials.ts';
import { type Verification, type VerifyInput, verifyMac } from '../../analysis/verify/verify.ts';
import { absent, hex, sharedJson, truths } from './shared.ts';

const BODY = hex('030b6a00c54601c65501871106034e4150310001871006ab0101');
const IMSI = '262019876543210';
const EVEN_IMSI = '24001012345678';
const PIN = '4711';

const verify = (over: Partial<VerifyInput>): Verification =>
  verifyMac({ sec: 0, mac: null, body: BODY, keys: { imsi: [], pin: [] }, ...over });

describe('HMAC-SHA1, RFC 2202 3', () => {
  const fill = (octet: number, n: number) => new Uint8Array(n).fill(octet);
  const count = Uint8Array.from({ length: 25 }, (_, i) => i + 1);
  const cases = [
    { key: fill(0x0b, 20), data: ascii('Hi There'), out: 'b617318655057264e28bc0b6fb378c8ef146be00' },
    {
      key: ascii('Jefe'),
      data: ascii('what do ya want for nothing?'),
      out: 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79',
    },
    { key: fill(0xaa, 20), data: fill(0xdd, 50), out: '125d7342b9ac11cd91a39af48aa17b4f63f175d3' },
    { key: count, data: fill(0xcd, 50), out: '4c9007f4026250c6bc8414f9bf50c86c2d7235da' },
    { key: fill(0x0c, 20), data: ascii('Test With Truncation'), out: '4c1a03424b55e07fe7f27be1d58bb9324a9a5a04' },
    {
      key: fill(0xaa, 80),
      data: ascii('Test Using Larger Than Block-Size Key - Hash Key First'),
      out: 'aa4ae5e15272d00e95705637ce8a3b55ed402112',
    },
    {
      key: fill(0xaa, 80),
      data: ascii('Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data'),
      out: 'e8e99d0f45237d786d6bbaa7965c7808bbff1a91',
    },
  ];
  test.each(cases)('$out', ({ key, data, out }) => expect(macOf(key, data)).toBe(out.toUpperCase()));
});

describe('NETWPIN key, 3GPP TS 31.102 4.2.2', () => {
  const cases = [
    { imsi: '123456789012345', key: '1932547698103254' },
    { imsi: '240010123456789', key: '2904101032547698' },
    { imsi: EVEN_IMSI, key: '21041010325476F8' },
    { imsi: IMSI, key: '2926108967452301' },
  ];
  test.each(cases)('$imsi', ({ imsi, key }) => expect(toHex(imsiKey(imsi))).toBe(key));

  test('spaces and hyphens are how people write it; anything else is no IMSI', () => {
    expect(imsiDigits('262-01 9876543210')).toBe(IMSI);
    for (const bad of ['', '12345', '1234567890123456', '26201987654321x', '+491701'])
      expect(imsiDigits(bad)).toBeNull();
  });

  test('the steps name digits by position, and show them only when asked', () => {
    const masked = imsiSteps(EVEN_IMSI, false);
    expect(masked[0]).toBe(
      'The IMSI has 14 digits, an even number, so the parity nibble is 1 and the last half octet is the filler F.',
    );
    expect(masked[1]).toBe('Octet 1: low half parity 1, high half digit 1.');
    expect(masked[8]).toBe('Octet 8: low half digit 14, high half filler F.');
    expect(imsiSteps(EVEN_IMSI, true)[8]).toBe('Octet 8 = F8: low half digit 14 (8), high half filler F.');
    expect(masked).toHaveLength(9);
  });

  test('an odd nibble is filled', () => expect(toHex(semiOctets('123'))).toBe('21F3'));
});

describe('the MAC as sent', () => {
  const mac = macOf(ascii(PIN), BODY);
  const raw = String.fromCharCode(...(fromHex(mac) ?? []));
  const cases = [
    { name: 'as it should be', in: mac, hex: mac, forms: ['hex'], ok: true },
    { name: 'lower case', in: mac.toLowerCase(), hex: mac, forms: ['lower-case'], ok: true },
    { name: 'quoted', in: `"${mac}"`, hex: mac, forms: ['quoted'], ok: true },
    { name: 'quote at the start only', in: `"${mac}`, hex: mac, forms: ['quoted'], ok: true },
    { name: 'white space', in: ` ${mac}\n`, hex: mac, forms: ['spaced'], ok: true },
    { name: 'twenty octets', in: raw, hex: mac, forms: ['raw-octets'], ok: true },
    { name: '38 digits', in: mac.slice(0, 38), hex: mac.slice(0, 38), forms: ['length'], ok: false },
    { name: 'not hex', in: 'hello', hex: 'hello', forms: ['not-hex'], ok: false },
  ];
  test.each(cases)('$name', (c) => expect(readMac(c.in)).toEqual({ hex: c.hex, forms: c.forms, wellFormed: c.ok }));
  test('none and empty', () => {
    expect(readMac(null)).toBeNull();
    expect(readMac('')).toBeNull();
    expect(readMac('""')).toBeNull();
  });
  test('all forms of the right value verify, and the unusual ones are noted', () => {
    for (const c of cases.filter((k) => k.ok)) {
      const v = verify({ sec: 1, mac: c.in, keys: { imsi: [], pin: [PIN] } });
      expect(v.verdict, c.name).toBe('valid');
      expect(v.notes).toHaveLength(c.forms[0] === 'hex' ? 0 : 1);
    }
  });
});

describe('verdicts', () => {
  const keys = { imsi: [IMSI], pin: [PIN] };
  const net = macOf(imsiKey(IMSI), BODY);
  const user = macOf(ascii(PIN), BODY);
  const both = macOf(join(imsiKey(IMSI), ascii(PIN)), BODY);
  const cases: { name: string; in: Partial<VerifyInput>; verdict: string; needs?: string[]; codes: string[] }[] = [
    { name: 'NETWPIN', in: { sec: 0, mac: net, keys }, verdict: 'valid', codes: [] },
    { name: 'USERPIN', in: { sec: 1, mac: user, keys }, verdict: 'valid', codes: [] },
    { name: 'USERNETWPIN', in: { sec: 2, mac: both, keys }, verdict: 'valid', codes: [] },
    { name: 'USERPINMAC with a MAC', in: { sec: 3, mac: user, keys }, verdict: 'valid', codes: [] },
    {
      name: 'changed body',
      in: { sec: 1, mac: user, body: BODY.slice(1), keys },
      verdict: 'invalid',
      codes: ['MAC-MISMATCH'],
    },
    { name: 'no key', in: { sec: 0, mac: net }, verdict: 'no-key', needs: ['imsi'], codes: [] },
    {
      name: 'half a key',
      in: { sec: 2, mac: both, keys: { imsi: [IMSI], pin: [] } },
      verdict: 'no-key',
      needs: ['pin'],
      codes: [],
    },
    { name: 'two keys missing', in: { sec: 2, mac: both }, verdict: 'no-key', needs: ['imsi', 'pin'], codes: [] },
    {
      name: 'an IMSI that is none',
      in: { sec: 0, mac: net, keys: { imsi: ['12x'], pin: [] } },
      verdict: 'no-key',
      needs: ['imsi'],
      codes: [],
    },
    { name: 'SEC alone', in: { sec: 1, keys }, verdict: 'no-mac', codes: [] },
    { name: 'empty MAC', in: { sec: 1, mac: '', keys }, verdict: 'no-mac', codes: [] },
    { name: 'neither', in: { sec: null, keys }, verdict: 'unprotected', codes: ['SEC-UNPROTECTED'] },
    { name: 'neither, none expected', in: { sec: null, keys, applies: false }, verdict: 'not-applicable', codes: [] },
    { name: 'MAC alone', in: { sec: null, mac: user, keys }, verdict: 'malformed', codes: [] },
    { name: 'SEC 7', in: { sec: 7, mac: user, keys }, verdict: 'malformed', codes: [] },
    { name: 'SEC 7 alone', in: { sec: 7, keys }, verdict: 'malformed', codes: [] },
    {
      name: 'short MAC, key known',
      in: { sec: 1, mac: user.slice(2), keys },
      verdict: 'invalid',
      codes: [],
    },
    {
      name: 'short MAC, no key',
      in: { sec: 1, mac: user.slice(2) },
      verdict: 'malformed',
      needs: ['pin'],
      codes: [],
    },
    { name: 'lower case', in: { sec: 1, mac: user.toLowerCase(), keys }, verdict: 'valid', codes: [] },
    { name: 'octets missing', in: { sec: 1, mac: user, keys, complete: false }, verdict: 'not-applicable', codes: [] },
    {
      name: 'USERPINMAC without MAC, short number',
      in: { sec: 3, keys },
      verdict: 'no-key',
      needs: ['pin'],
      codes: [],
    },
    { name: 'USERPINMAC without MAC, no number', in: { sec: 3 }, verdict: 'no-key', needs: ['pin'], codes: [] },
    {
      name: 'USERPINMAC, wrong digits',
      in: { sec: 3, keys: { imsi: [], pin: ['1234500000'] } },
      verdict: 'invalid',
      codes: ['MAC-MISMATCH'],
    },
  ];
  const at = { macRange: { start: 4, length: 40 }, contentTypeRange: { start: 0, length: 47 } };
  test.each(cases)('$name', (c) => {
    const v = verify(c.in);
    expect(v.verdict).toBe(c.verdict);
    expect(v.needs).toEqual(c.needs ?? []);
    expect(verificationFindings(v, at).map((f) => f.rule.code)).toEqual(c.codes);
    expect(v.explanation.trim()).toMatch(/^[A-Z].*[^.]\.$/);
    expect(v.explanation.match(/\. /g)).toBeNull();
  });

  test('the IMSI of the capture is used after those given, and said to be inferred', () => {
    const inferred = [{ value: IMSI, weak: false, why: () => 'frame 7, same number' }];
    const v = verify({ sec: 0, mac: net, keys: { imsi: [EVEN_IMSI], pin: [] }, inferred });
    expect([v.verdict, v.keySource]).toEqual(['valid', 'inferred']);
    expect(v.explanation).toContain('the IMSI that the capture itself gives (frame 7, same number)');
    expect(verify({ sec: 0, mac: net, keys: { imsi: [IMSI], pin: [] }, inferred }).keySource).toBe('given');
  });

  test('what is only perhaps the key counts when it fits, and never against the message', () => {
    const maybe = (value: string) => [{ value, weak: true, why: () => 'a text in frame 3' }];
    const told = verify({ sec: 1, mac: user, told: maybe(PIN) });
    expect([told.verdict, told.keySource, told.needs]).toEqual(['valid', 'inferred', []]);
    expect(told.explanation).toContain('(a text in frame 3)');
    const other = verify({ sec: 1, mac: user, told: maybe('9999') });
    expect([other.verdict, other.needs, other.expectedMac]).toEqual(['no-key', ['pin'], null]);
    const both_ = verify({ sec: 2, mac: both, inferred: maybe(IMSI), searched: [PIN] });
    expect([both_.verdict, both_.keySource]).toEqual(['valid', 'searched']);
    expect(verify({ sec: 0, mac: net, inferred: maybe(EVEN_IMSI) }).verdict).toBe('no-key');
  });

  test('the ESN of a CDMA phone is a key that is said to be remembered, not confirmed', () => {
    const keys = { imsi: [], pin: [], esn: ['8012ABCD'] };
    const v = verify({ sec: 0, mac: macOf(hex('8012abcd'), BODY), keys });
    expect([v.verdict, v.keySteps]).toEqual(['valid', ['The ESN of a CDMA phone as four octets, the high one first.']]);
    expect(v.explanation).toContain('confirmed by no phone');
    expect(verify({ sec: 0, mac: net, keys: { ...keys, esn: ['12'] } }).verdict).toBe('no-key');
    const other = verify({ sec: 0, mac: net, keys });
    expect([other.verdict, other.needs, other.expectedMac]).toEqual(['no-key', ['imsi'], null]);
    expect(other.explanation).toContain('The serial number given does not fit');
  });

  // MEID and pseudo-ESN of 3GPP2's own example.
  for (const { meid, key, as } of [
    { meid: 'AF0123450ABCDE', key: '8016b128', as: 'the pseudo-ESN of the MEID given' },
    { meid: 'af 012345 0abcde c', key: '8016b128', as: 'the pseudo-ESN of the MEID given' },
    { meid: '293608736500703710', key: '8016b128', as: 'the pseudo-ESN of the MEID given' },
    { meid: 'AF0123450ABCDE', key: 'af0123450abcde', as: 'the MEID given, as it is' },
    { meid: '128-01223629', key: '8012abcd', as: 'the ESN given' },
  ]) {
    test(`the MEID or ESN ${meid} as the key ${key}`, () => {
      const v = verify({ sec: 0, mac: macOf(hex(key), BODY), keys: { imsi: [], pin: [], esn: [meid] } });
      expect([v.verdict, v.explanation.includes(`${as}, in a form that is remembered`)]).toEqual(['valid', true]);
      expect(v.keySteps.join().includes(key.toUpperCase())).toBe(false);
    });
  }

  test('a serial number that is none gives no key', () => {
    const wrong = ['', '1234567', '99999999999', '999999999900000000', 'AF0123450ABCDEXY', '12345678901234567'];
    for (const esn of wrong) expect(serialKeys(esn), esn).toEqual([]);
  });

  test('a PIN behind the pseudo-ESN', () => {
    const key = join(hex('8016b128'), ascii(PIN));
    const v = verify({ sec: 2, mac: macOf(key, BODY), keys: { imsi: [], pin: [PIN], esn: ['AF0123450ABCDE'] } });
    expect([v.verdict, v.keySteps.at(-2)]).toEqual([
      'valid',
      'The octets of the PIN follow those of the serial number.',
    ]);
  });

  test('a key of the capture is not called given', () => {
    const inferred = [{ value: EVEN_IMSI, weak: false, why: () => 'frame 7' }];
    const v = verify({ sec: 0, mac: net, inferred });
    expect(v.explanation).toContain('does not match the IMSI that the capture itself gives (frame 7)');
  });

  test('one of several keys', () => {
    const v = verify({ sec: 2, mac: both, keys: { imsi: [EVEN_IMSI, IMSI], pin: ['0000', PIN] } });
    expect(v.verdict).toBe('valid');
    expect(v.explanation).toContain('one of the keys given');
  });

  test('more keys than the budget end, and the sentence says so', () => {
    const pin = Array.from({ length: 5000 }, (_, i) => `x${i}`);
    const v = verify({ sec: 1, mac: user, keys: { imsi: [], pin } });
    expect(v.verdict).toBe('invalid');
    expect(v.explanation).toContain('the first 4096');
  });

  test('MAC without SEC says which method it would fit', () => {
    const v = verify({ sec: null, mac: both, keys });
    expect(v.explanation).toContain('it would match as USERNETWPIN');
    expect(v.expectedMac).toBe(both);
  });

  test('a PIN with letters outside ASCII is tried in UTF-8 and in ISO 8859-1', () => {
    const pin = 'grün';
    for (const key of [new TextEncoder().encode(pin), Uint8Array.of(0x67, 0x72, 0xfc, 0x6e)]) {
      const v = verify({ sec: 1, mac: macOf(key, BODY), keys: { imsi: [], pin: [pin] } });
      expect(v.verdict).toBe('valid');
    }
  });

  test('no secret in any sentence, and in the steps only when asked', () => {
    for (const c of cases) {
      const v = verify({ ...c.in, keys });
      const said = JSON.stringify([v.explanation, v.notes, v.keySteps]);
      expect(said).not.toContain(IMSI);
      expect(said).not.toContain(PIN);
      expect(said).not.toContain(toHex(imsiKey(IMSI)));
    }
    const open = verify({ sec: 2, mac: both, keys, secrets: true });
    expect(open.keySteps.join()).toContain('Octet 1 = 29: low half parity 9, high half digit 1 (2).');
    expect(open.keySteps.join()).toContain(toHex(ascii(PIN)));
  });
});

describe('USERPINMAC with check digits', () => {
  const half = '48213';
  const number = half + decimalDigits(macOf(ascii(half), BODY), 5);
  test('the number is its own check, with or without a MAC', () => {
    for (const mac of [null, 'A'.repeat(40)]) {
      const v = verify({ sec: 3, mac, keys: { imsi: [], pin: [number] } });
      expect([v.verdict, v.matchedForm]).toEqual(['valid', 'check-digits']);
    }
  });
  test('the form with a MAC keyed by the PIN says so', () => {
    const v = verify({ sec: 3, mac: macOf(ascii(number), BODY), keys: { imsi: [], pin: ['00000', number] } });
    expect(v.verdict).toBe('valid');
    expect(verify({ sec: 3, mac: macOf(ascii('90210'), BODY), keys: { imsi: [], pin: ['90210'] } }).matchedForm).toBe(
      'mac-parameter',
    );
  });
  test('a PIN alone makes the number that the user has to type', () => {
    const whole = verify({ sec: 3, mac: null, keys: { imsi: [], pin: [half] }, secrets: true });
    expect([whole.verdict, whole.needs]).toEqual(['no-key', ['pin']]);
    expect(whole.keySteps.join()).toContain(`the user types ${number}`);
    const masked = verify({ sec: 3, mac: macOf(ascii(half), BODY), searched: [half] });
    expect([masked.verdict, masked.keySource]).toEqual(['valid', 'searched']);
    expect(masked.keySteps.join()).toContain('the PIN and 5 check digits behind it');
    expect(JSON.stringify(masked)).not.toContain(half);
    // The vector of a public client: what is recovered is what its user typed.
    expect(verify({ sec: 3, mac: null, keys: { imsi: [], pin: [number] } }).verdict).toBe('valid');
  });
  test('halves need an even number of at least ten digits', () => {
    expect(halves('4821308312')).toEqual(['48213', '08312']);
    for (const bad of ['48213083', '48213083121', 'abcdefghij', '']) expect(halves(bad)).toBeNull();
  });
});

describe('mistakes that senders make are named', () => {
  const keyOf = (text: string) => fromHex(text) ?? new Uint8Array(0);
  const cases: { name: string; sec: number; imsi?: string; pin?: string; key: Uint8Array }[] = [
    { name: 'imsi-ascii', sec: 0, key: ascii(IMSI) },
    { name: 'imsi-ascii', sec: 2, key: join(ascii(IMSI), ascii(PIN)) },
    { name: 'imsi-tbcd', sec: 0, key: keyOf('62029178563412F0') },
    { name: 'imsi-bcd', sec: 0, key: keyOf('262019876543210F') },
    { name: 'imsi-not-swapped', sec: 0, key: keyOf('9262019876543210') },
    { name: 'imsi-parity-9', sec: 0, imsi: EVEN_IMSI, key: keyOf('29041010325476F8') },
    { name: 'imsi-parity-1', sec: 0, key: keyOf('2126108967452301') },
    { name: 'imsi-filler-0', sec: 0, imsi: EVEN_IMSI, key: keyOf('2104101032547608') },
    { name: 'imsi-filler-first', sec: 0, key: keyOf('2F26108967452301') },
    { name: 'imsi-padded-15', sec: 0, imsi: EVEN_IMSI, key: keyOf('2904101032547608') },
    { name: 'imsi-last-digit-lost', sec: 0, imsi: EVEN_IMSI, key: keyOf('29041010325476') },
    { name: 'imsi-with-length', sec: 0, key: keyOf('082926108967452301') },
    { name: 'imsi-key-hex-ascii', sec: 0, key: ascii('2926108967452301') },
    { name: 'imsi-reversed', sec: 0, key: imsiKey('012345678910262') },
    { name: 'imsi-mcc-mnc-swapped', sec: 0, key: imsiKey('012629876543210') },
    { name: 'imsi-msin-only', sec: 0, key: imsiKey('9876543210') },
    { name: 'imsi-mnc-zero-stripped', sec: 0, key: imsiKey('26219876543210') },
    { name: 'imsi-plmn', sec: 0, key: keyOf('62F2108967452301') },
    { name: 'pin-before-imsi', sec: 2, key: join(ascii(PIN), imsiKey(IMSI)) },
    { name: 'netwpin-key', sec: 2, key: imsiKey(IMSI) },
    { name: 'netwpin-key', sec: 1, key: imsiKey(IMSI) },
    { name: 'userpin-key', sec: 0, key: ascii(PIN) },
    { name: 'userpin-key', sec: 2, key: ascii(PIN) },
    { name: 'usernetwpin-key', sec: 1, key: join(imsiKey(IMSI), ascii(PIN)) },
    { name: 'userpinmac-key', sec: 1, pin: '4821308312', key: ascii('48213') },
    { name: 'pin-bcd', sec: 1, key: keyOf('4711') },
    { name: 'pin-semi-octets', sec: 1, key: keyOf('7411') },
    { name: 'pin-hex-ascii', sec: 1, key: ascii('34373131') },
    { name: 'pin-quoted', sec: 1, key: ascii(`"${PIN}"`) },
    { name: 'pin-zeros-stripped', sec: 1, pin: '0042', key: ascii('42') },
    { name: 'pin-utf16', sec: 1, key: keyOf('0034003700310031') },
    { name: 'imsi-digit-octets', sec: 0, key: Uint8Array.from(IMSI, Number) },
    { name: 'pin-bcd', sec: 2, key: join(imsiKey(IMSI), keyOf('4711')) },
    { name: 'pin-line-end', sec: 1, key: ascii(`${PIN}\n`) },
    { name: 'pin-line-end', sec: 1, key: ascii(`${PIN}\r\n`) },
    { name: 'pin-binary', sec: 1, key: keyOf('00001267') },
    { name: 'pin-binary', sec: 1, key: keyOf('6712') },
    { name: 'pin-digit-octets', sec: 1, key: keyOf('04070101') },
    { name: 'msisdn', sec: 0, key: ascii('491701000001') },
    { name: 'empty-key', sec: 0, key: new Uint8Array(0) },
  ];
  test.each(cases)('$name, SEC $sec', (c) => {
    const keys = { imsi: [c.imsi ?? IMSI], pin: [c.pin ?? PIN] };
    const v = verify({ sec: c.sec, mac: macOf(c.key, BODY), keys, msisdn: '+491701000001' });
    expect(v.matchesOtherDerivation).toBe(c.name);
    expect(v.verdict).toBe('invalid');
    expect(v.fix).toMatch(/^[A-Z].*[^.]\.$/);
  });

  test('the wrong recipe is named even when no key of the right sort is known', () => {
    const v = verify({ sec: 0, mac: macOf(ascii(PIN), BODY), keys: { imsi: [], pin: [PIN] } });
    expect([v.verdict, v.matchesOtherDerivation]).toEqual(['no-key', 'userpin-key']);
  });

  test('the MAC over other octets than the body', () => {
    const over = new TextEncoder().encode('<wap-provisioningdoc/>');
    const keys = { imsi: [], pin: [PIN] };
    const slices = [{ name: 'mac-over-xml', title: 'the document as XML text', fix: 'Encode first.', bytes: over }];
    const v = verify({ sec: 1, mac: macOf(ascii(PIN), over), keys, slices });
    expect(v.matchesOtherDerivation).toBe('mac-over-xml');
    expect(v.explanation).toContain('The MAC was taken over the document as XML text');
    let asked = 0;
    const lazy = () => {
      asked += 1;
      return slices;
    };
    expect(verify({ sec: 1, mac: macOf(ascii(PIN), BODY), keys, slices: lazy }).verdict).toBe('valid');
    expect(asked).toBe(0);
    expect(verify({ sec: 1, mac: macOf(ascii(PIN), over), keys, slices: lazy }).matchesOtherDerivation).toBe(
      'mac-over-xml',
    );
    const text = verify({ sec: 1, mac: macOf(ascii(PIN), ascii(toHex(BODY))), keys });
    expect(text.matchesOtherDerivation).toBe('mac-over-hex-text');
  });

  test('a terminator behind a key does no harm: HMAC fills keys up with NULs', () => {
    const keys = { imsi: [IMSI], pin: [PIN] };
    expect(verify({ sec: 1, mac: macOf(ascii(`${PIN}\0`), BODY), keys }).verdict).toBe('valid');
    const v = verify({ sec: 0, mac: macOf(ascii(`${IMSI}\0`), BODY), keys });
    expect(v.matchesOtherDerivation).toBe('imsi-ascii');
  });

  test('something that is not HMAC-SHA1 of key and document', () => {
    const key = ascii(PIN);
    const others: [string, string][] = [
      ['hmac-arguments-swapped', macOf(BODY, key)],
      ['sha1-without-hmac', toHex(hash(join(key, BODY)))],
      ['sha1-without-hmac', toHex(hash(join(BODY, key)))],
      ['hmac-sha256', toHex(hmac256(key, BODY).subarray(0, 20))],
    ];
    for (const [name, mac] of others) {
      const v = verify({ sec: 1, mac, keys: { imsi: [], pin: [PIN] } });
      expect([v.verdict, v.matchesOtherDerivation]).toEqual(['invalid', name]);
      expect(v.explanation).toContain('The MAC was made with');
    }
  });

  test('a MAC that was cut says that what is there agrees, and how to write it', () => {
    const v = verify({ sec: 1, mac: macOf(ascii(PIN), BODY).slice(0, 30), keys: { imsi: [], pin: [PIN] } });
    expect(v.explanation).toBe(
      'The MAC has 30 hex digits instead of 40; the digits that are there agree with the key given.',
    );
    expect(v.fix).toContain('forty upper-case hex digits');
  });

  test('the way a right MAC is written has a fix, too', () => {
    const mac = macOf(ascii(PIN), BODY);
    const keys = { imsi: [], pin: [PIN] };
    expect(verify({ sec: 1, mac, keys }).fix).toBeNull();
    for (const odd of [mac.toLowerCase(), `"${mac}"`]) {
      const v = verify({ sec: 1, mac: odd, keys });
      expect([v.verdict, v.notes.length]).toEqual(['valid', 1]);
      expect(v.fix).toContain('upper-case');
    }
  });

  test('the decimal formula of USERPINMAC in a MAC parameter', () => {
    const digits = decimalDigits(macOf(ascii(PIN), BODY));
    for (const mac of [digits, toHex(ascii(digits))]) {
      const v = verify({ sec: 1, mac, keys: { imsi: [], pin: [PIN] } });
      expect([v.verdict, v.matchesOtherDerivation]).toEqual(['invalid', 'mac-mod-10']);
    }
  });

  test('a key nobody would make by mistake stays unexplained', () => {
    const v = verify({ sec: 0, mac: macOf(ascii('zzzz'), BODY), keys: { imsi: [IMSI], pin: [PIN] } });
    expect([v.verdict, v.matchesOtherDerivation]).toEqual(['invalid', null]);
  });
});

interface Vector {
  readonly id: string;
  readonly sec: (typeof METHODS)[number];
  readonly imsi?: string | null;
  readonly pin?: string | null;
  readonly key_hex: string;
  readonly body_hex: string;
  readonly mac?: string;
  readonly hmac_sha1?: string;
}

const vectors = sharedJson('spec/test-vectors.json') as Vector[] | null;
if (vectors === null) absent('test vectors', '9');
else {
  describe('published and computed vectors', () => {
    test.each(vectors)('$id', (v) => {
      const keys = { imsi: v.imsi ? [v.imsi] : [], pin: v.pin ? [v.pin] : [] };
      const out = verifyMac({
        sec: METHODS.indexOf(v.sec),
        mac: v.mac ?? null,
        body: hex(v.body_hex),
        keys,
        secrets: true,
      });
      expect(out.verdict).toBe('valid');
      expect(out.expectedMac).toBe(v.mac ?? v.hmac_sha1);
      expect(macOf(hex(v.key_hex), hex(v.body_hex))).toBe(out.expectedMac);
      expect(out.matchesOtherDerivation).toBeNull();
    });
  });
}

const cases = truths().flatMap((t) =>
  t.messages
    .filter((m) => m.verification !== undefined && m.bodyHex !== undefined)
    .map((m) => ({ name: `${t.name} ${m.id}`, m })),
);
if (cases.length === 0) absent('captures', '157');
else {
  describe('every message of the captures with a body and a key', () => {
    test.each(cases)('$name', ({ m }) => {
      const truth = m.verification!;
      const { sec, mac } = m.security!;
      const keys = { imsi: m.key!.imsi === null ? [] : [m.key!.imsi], pin: m.key!.pin === null ? [] : [m.key!.pin] };
      const v = verifyMac({ sec, mac, body: hex(m.bodyHex!), keys, complete: m.complete });
      const expected = {
        valid: 'valid',
        invalid: 'invalid',
        'no-mac': sec === null ? 'unprotected' : 'no-mac',
        'no-key': 'no-key',
        'not-possible': m.complete ? 'malformed' : 'not-applicable',
      }[truth.result];
      expect(v.verdict).toBe(expected);
      expect(v.matchesOtherDerivation).toBe(truth.matchesOtherDerivation ?? null);
      expect(v.expectedMac).toBe(truth.expectedMac ?? null);
      if (truth.keyHex !== undefined) expect(macOf(hex(truth.keyHex), hex(m.bodyHex!))).toBe(v.expectedMac);
    });
    test('there are as many as the captures had when this was written, or more', () => {
      expect(cases.length).toBeGreaterThanOrEqual(150);
    });
  });
}
