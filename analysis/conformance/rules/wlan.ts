// WLAN settings of version 1.1.

import { at, childrenOf, type Facts, has, hasText, type Place, parmOf, parmsOf, textOf } from '../facts.ts';
import { MOST_WEP_KEYS } from '../model/wlan.ts';
import { contentRule, provCont, type Tell } from '../rule.ts';
import { bearersOf, valuesOf } from './shared.ts';

const CLAUSE = provCont('WLAN');

const NETWORKS = ['PRI-SSID', 'PRI-U-SSID'] as const;
const WORDS: Readonly<Record<string, readonly string[]>> = {
  NETMODE: ['INFRA', 'ADHOC'],
  SECMODE: ['OPEN', 'WEP', '8021X', 'WPA', 'WPA-PRESHARED', 'WPA2', 'WPA2-PRESHARED'],
};

/** IEEE 802.11: octets of a network name. */
const LONGEST_SSID = 32;

/** Characters, or twice as many hex digits, of WEP keys of 40, 104 and 232 bits. */
const WEP_LENGTHS = new Set([5, 13, 29]);

const hasSsid = (p: Place): boolean =>
  NETWORKS.some((n) => hasText(p, n)) ||
  childrenOf(p, 'SEC-SSID').some((s) => hasText(s, 'S-SSID') || hasText(s, 'S-U-SSID'));

const isHex = (v: string): boolean => /^[0-9A-Fa-f]+$/.test(v);

function ssids(f: Facts, tell: Tell): void {
  for (const [type, names] of [
    ['WLAN', NETWORKS],
    ['SEC-SSID', ['S-SSID', 'S-U-SSID']],
  ] as const) {
    for (const p of f.of(type)) {
      for (const name of names) {
        for (const q of parmsOf(p, name)) {
          const octets = new TextEncoder().encode(q.value ?? '').length;
          if (octets > LONGEST_SSID) tell(at(q), `${p.path}/${name} has ${octets} octets`);
        }
      }
    }
  }
}

export const WLAN = [
  contentRule(
    {
      code: 'CP-WLAN-BEARER',
      severity: 'warning',
      title: 'An access point is of the bearer WLAN and has no WLAN settings, or the other way round',
      clause: CLAUSE,
      receivers: 'The access point has no network to join; settings of another bearer are ignored.',
      fix: 'Give a NAPDEF with WLAN settings the bearer WLAN.',
      basis: 'remembered',
    },
    (f, tell) => {
      const loose = f.of('WLAN').some((p) => p.parent === null);
      for (const p of f.of('NAPDEF')) {
        const [inside] = childrenOf(p, 'WLAN');
        const bearers = bearersOf(p);
        const q = parmsOf(p, 'BEARER').find((b) => b.value === 'WLAN');
        if (q !== undefined && inside === undefined && !loose)
          tell(at(q), `${p.path} has the bearer WLAN and no WLAN settings`);
        else if (q === undefined && inside !== undefined && bearers.length > 0) {
          tell(inside.characteristic, `${p.path} has WLAN settings and the bearer ${bearers.join(', ')}`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-WLAN-WITHOUT-SSID',
      severity: 'warning',
      title: 'WLAN settings do not name a network',
      clause: CLAUSE,
      receivers: 'There is no network to join.',
      fix: 'Add PRI-SSID.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const p of f.of('WLAN'))
        if (!hasSsid(p)) tell(p.characteristic, `${p.path} has neither PRI-SSID nor SEC-SSID`);
    },
  ),
  contentRule(
    {
      code: 'CP-SSID-LENGTH',
      severity: 'warning',
      title: 'The name of a WLAN is longer than 32 octets',
      clause: 'IEEE 802.11, SSID element',
      receivers: 'No network can have that name.',
      fix: 'Write the name as the network announces it.',
      basis: 'confirmed',
    },
    ssids,
  ),
  contentRule(
    {
      code: 'CP-WLAN-WORD',
      severity: 'warning',
      title: 'A mode of a WLAN is no word that clients know',
      clause: CLAUSE,
      receivers: 'The settings are not installed, or the network is taken for an open one.',
      fix: 'NETMODE is INFRA or ADHOC; SECMODE is OPEN, WEP, 8021X, WPA or WPA-PRESHARED.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const p of f.of('WLAN')) {
        for (const [name, words] of Object.entries(WORDS)) {
          const q = parmOf(p, name);
          if (q !== undefined && q.value !== '' && !words.includes(q.value ?? ''))
            tell(at(q), `${p.path}/${name} is "${q.value}"`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-WLAN-SECURITY',
      severity: 'warning',
      title: 'A protected WLAN comes without the key that its mode needs',
      clause: CLAUSE,
      receivers: 'Users are asked for a key, or the network is not joined.',
      fix: 'WEP needs WEPKEY, WPA-PRESHARED a WPA-PRES-KEY, 8021X and WPA an EAP.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const p of f.of('WLAN')) {
        const q = parmOf(p, 'SECMODE');
        const key = has(p, 'WPA-PRES-KEY-ASC') || has(p, 'WPA-PRES-KEY-HEX');
        const needs: Readonly<Record<string, readonly [boolean, string]>> = {
          WEP: [childrenOf(p, 'WEPKEY').length > 0, 'WEPKEY'],
          '8021X': [childrenOf(p, 'EAP').length > 0, 'EAP'],
          WPA: [key || childrenOf(p, 'EAP').length > 0, 'EAP'],
          'WPA-PRESHARED': [key, 'WPA-PRES-KEY-ASC'],
          'WPA2-PRESHARED': [key, 'WPA-PRES-KEY-ASC'],
        };
        const [there, what] = needs[q?.value ?? ''] ?? [true, ''];
        if (q !== undefined && !there) tell(at(q), `${p.path} has SECMODE ${q.value} and no ${what}`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-WPA-KEY',
      severity: 'warning',
      title: 'A WPA key has a length that no such key has',
      clause: 'IEEE 802.11, pre-shared key',
      receivers: 'Phones refuse the key or cut it, and the network is not joined.',
      fix: 'A pass phrase has 8 to 63 characters, a key in hex 64 digits.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('WLAN')) {
        const phrase = parmOf(p, 'WPA-PRES-KEY-ASC');
        const length = phrase?.value?.length ?? 0;
        if (phrase !== undefined && length > 0 && (length < 8 || length > 63)) {
          tell(at(phrase), `${p.path}/WPA-PRES-KEY-ASC has ${length} characters`);
        }
        const key = parmOf(p, 'WPA-PRES-KEY-HEX');
        const v = key?.value ?? '';
        if (key !== undefined && v !== '' && (v.length !== 64 || !isHex(v))) {
          tell(at(key), `${p.path}/WPA-PRES-KEY-HEX ${isHex(v) ? `has ${v.length} digits` : 'is not in hex digits'}`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-WEP-KEY',
      severity: 'warning',
      title: 'A WEP key has a length that no such key has',
      clause: 'IEEE 802.11, WEP',
      receivers: 'Phones refuse the key, and the network is not joined.',
      fix: 'Keys have 5, 13 or 29 characters, or 10, 26 or 58 hex digits.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('WEPKEY')) {
        const q = parmOf(p, 'DATA');
        const v = q?.value ?? '';
        if (q === undefined || v === '' || WEP_LENGTHS.has(v.length) || (isHex(v) && WEP_LENGTHS.has(v.length / 2)))
          continue;
        tell(at(q), `${p.path}/DATA has ${v.length} characters`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-WEP-KEYS',
      severity: 'warning',
      title: 'A WLAN has more WEP keys than four, or two of the same number',
      clause: 'IEEE 802.11, WEP',
      receivers: 'Phones keep four keys, each under its own number.',
      fix: 'Give at most four, with INDEX 0 to 3 or 1 to 4.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('WLAN')) {
        const keys = childrenOf(p, 'WEPKEY');
        const fifth = keys[MOST_WEP_KEYS];
        if (fifth !== undefined) tell(fifth.characteristic, `${p.path} has ${keys.length} WEPKEY`);
        const seen = new Set<string>();
        for (const k of keys) {
          const index = textOf(k, 'INDEX');
          if (index === undefined) continue;
          if (seen.has(index)) tell(parmOf(k, 'INDEX') ?? k.characteristic, `An earlier WEPKEY has INDEX ${index}`);
          seen.add(index);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-EAP-WITHOUT-TYPE',
      severity: 'warning',
      title: 'WLAN sign-on does not say by which EAP method',
      clause: provCont('EAP'),
      receivers: 'Phones can not choose one, and do not sign on.',
      fix: 'Add EAPTYPE.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const p of f.of('EAP'))
        if (valuesOf(p, 'EAPTYPE').length === 0) tell(p.characteristic, `${p.path} has no EAPTYPE`);
    },
  ),
];
