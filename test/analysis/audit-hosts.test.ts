import { describe, expect, test } from 'vitest';
import { countriesOf, countriesOfOperatorName, countryOfDomain } from '../../analysis/audit/countries.ts';
import { hostOf, placeOf } from '../../analysis/audit/hosts.ts';
import { decodePunycode, imitationIn, inLetters, skeletonOf } from '../../analysis/audit/lookalike.ts';
import { noticeIn } from '../../analysis/audit/notices.ts';
import { guessesUntil, SLICES, timeToTry } from '../../analysis/audit/pins.ts';
import { sliceLength } from '../../analysis/verify/guess/guesser.ts';

describe('addresses', () => {
  const cases: readonly (readonly [string, string | null, string | null, number | null])[] = [
    ['http://www.example.com:8080/a?b', 'http', 'www.example.com', 8080],
    ['https://user:pw@host.example/', 'https', 'host.example', null],
    ['mail.example.com:143', null, 'mail.example.com', 143],
    ['[2001:db8::1]:80', null, '2001:db8::1', 80],
    ['2001:db8::1', null, '2001:db8::1', null],
    ['192.000.002.001', null, '192.0.2.1', null],
    ['javascript:alert(1)', 'javascript', null, null],
    ['tel:+491234', 'tel', null, null],
    ['http://a.example.com/@x', 'http', 'a.example.com', null],
    ['', null, null, null],
  ];
  test.each(cases)('%s', (text, scheme, host, port) => {
    const p = placeOf(text);
    expect([p.scheme, p.host?.name ?? null, p.port]).toEqual([scheme, host, port]);
  });
  test('what stands in front of an @ is told, in the path it is none', () => {
    expect(placeOf('http://bank.example@203.0.113.1/').userinfo).toBe(true);
    expect(placeOf('http://bank.example/@203.0.113.1').userinfo).toBe(false);
  });
  const reaches: readonly (readonly [string, string])[] = [
    ['10.1.2.3', 'private'],
    ['172.31.0.1', 'private'],
    ['172.32.0.1', 'public'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['127.0.0.1', 'local'],
    ['0.0.0.0', 'local'],
    ['169.254.1.1', 'local'],
    ['198.51.100.1', 'public'],
    ['::1', 'local'],
    ['fe80::1', 'local'],
    ['fd00::1', 'private'],
    ['2001:db8::1', 'public'],
    ['::ffff:10.0.0.1', 'private'],
    ['localhost', 'local'],
    ['www.example.com', 'public'],
  ];
  test.each(reaches)('%s is %s', (text, reach) => expect(hostOf(text)?.reach).toBe(reach));
  test('what somebody registered', () => {
    expect(hostOf('a.b.example.co.uk')?.site).toBe('example.co.uk');
    expect(hostOf('a.b.example.com')?.site).toBe('example.com');
    expect(hostOf('192.0.2.77')?.site).toBe('192.0.2.x');
  });
  test('every cut of an address is read without a throw', () => {
    const all = 'https://user:pw@[2001:db8::ffff:10.0.0.1]:443/päth?x=%00#y';
    for (let i = 0; i <= all.length; i += 1) expect(() => placeOf(all.slice(0, i))).not.toThrow();
  });
});

describe('names that look like others', () => {
  // RFC 3492 7.1 and well-known names
  const puny: readonly (readonly [string, string])[] = [
    ['bcher-kva', 'bücher'],
    ['mnchen-3ya', 'münchen'],
    ['80ak6aa92e', 'аррӏе'],
    ['ihqwcrb4cv8a8dqg056pqjye', '他们为什么不说中文'],
  ];
  test.each(puny)('%s is %s', (text, letters) => expect(decodePunycode(text)).toBe(letters));
  test('what is no punycode is null, and nothing throws', () => {
    for (const bad of ['\u00fc', '99999999999999', 'a-!', '-', 'zzzzzzzzzzzz']) {
      expect(() => decodePunycode(bad)).not.toThrow();
      expect(typeof inLetters(`xn--${bad}.example`)).toBe('string');
    }
  });
  test('imitations by script', () => {
    expect(imitationIn('xn--80ak6aa92e.example')).toContain('Cyrillic');
    expect(imitationIn('p\u0430ypal.example')).toContain('Latin and Cyrillic');
    expect(imitationIn('münchen.example')).toBeNull();
    expect(imitationIn('почта.example')).toBeNull();
    expect(imitationIn('www.example.com')).toBeNull();
  });
  test('equal to the eye', () => {
    expect(skeletonOf('mobi1e.example')).toBe(skeletonOf('mobile.example'));
    expect(skeletonOf('rnobile.example')).toBe(skeletonOf('mobile.example'));
    expect(skeletonOf('xn--80ak6aa92e.example')).toBe(skeletonOf('apple.example'));
    expect(skeletonOf('mobile.example')).not.toBe(skeletonOf('mobil.example'));
  });
});

describe('countries', () => {
  test('of subscribers', () => {
    expect(countriesOf({ imsi: '262010000000001', number: '+33123456789' })).toEqual(['de']);
    expect(countriesOf({ imsi: null, number: '+33123456789' })).toEqual(['fr']);
    expect(countriesOf({ imsi: '001010000000001', number: null })).toEqual([]);
    expect(countriesOf({ imsi: null, number: '32100' })).toEqual([]);
    expect(countriesOf({ imsi: null, number: '+77011234567' })).toContain('kz');
  });
  test('of names', () => {
    expect(countryOfDomain('ru')).toBe('ru');
    expect(countryOfDomain('gb')).toBe('uk');
    for (const any of ['com', 'io', 'tv', 'example', 'zz']) expect(countryOfDomain(any)).toBeNull();
    expect(countriesOfOperatorName('mms.mnc001.mcc262.3gppnetwork.org')).toEqual(['de']);
  });
});

describe('PINs', () => {
  test('in texts', () => {
    expect(noticeIn('Enter PIN 1234 now')).toEqual({ digits: ['1234'], names: true });
    expect(noticeIn('Your table is for 20:15, call +4915550100117')).toBeNull();
    expect(noticeIn('Paket 55120 kommt')).toEqual({ digits: ['55120'], names: false });
    expect(noticeIn('12:30')).toBeNull();
  });
  test('all of four digits are tried, the usual ones first', () => {
    expect(SLICES.reduce((n, s) => n + sliceLength(s), 0)).toBe(10_004);
    expect(guessesUntil('2017', { length: 4, from: 2000, count: 2000 })).toBe(18);
    expect(guessesUntil('123456', SLICES[0]!)).toBe(2);
  });
  test('estimates', () => expect([4, 6, 8].map(timeToTry)).toEqual(['0.03 s', '3 s', '4 min']));
});
