// A story about what a phone holds: several messages to one subscriber, each in a way of its own.

import { Tape } from '../../../analysis/encode/tape.ts';
import { apn, browser, characteristic, mms, provisioning, proxy } from '../documents.ts';
import { Session } from '../gateway.ts';
import { keyOf } from '../keys.ts';
import { openPush, parts, protectedPush } from '../push.ts';
import { type ExpectedMessage, pcapOf, type Story } from '../story.ts';

const TO = '+4915550100230';
const IMSI = '001010000000230';
const PIN = '5524';
const HOUR = 3_600_000;

const bootstrap = (allow: string) =>
  characteristic('BOOTSTRAP', {
    NAME: 'Example Mobile',
    PROVURL: 'http://provisioning.example.com/',
    'CONTEXT-ALLOW': allow,
  });

const login = characteristic('NAPAUTHINFO', { AUTHTYPE: 'PAP', AUTHNAME: 'mobile', AUTHSECRET: 'mobile' });

const first = () =>
  provisioning(
    bootstrap('1'),
    proxy('MOBILE-PX', 'Example Mobile', '192.0.2.80', '8080', 'MOBILE-NAP'),
    apn('MOBILE-NAP', 'Example Mobile', 'internet.example.com', { INTERNET: null }, login),
    browser('Example Mobile', { 'TO-PROXY': 'MOBILE-PX' }, 'http://start.example.com/'),
    mms('Example MMS', { 'TO-NAPID': 'MOBILE-NAP' }, 'http://mms.example.com/mms'),
  );

const mail = () =>
  provisioning(
    characteristic('BOOTSTRAP', { NAME: 'Example Ltd mail' }),
    characteristic(
      'APPLICATION',
      { APPID: '143', 'PROVIDER-ID': 'example-ltd', NAME: 'Example Ltd', 'TO-NAPID': 'INTERNET' },
      characteristic(
        'APPADDR',
        { ADDR: 'imap.example.org' },
        characteristic('PORT', { PORTNBR: '993', SERVICE: '993' }),
      ),
      characteristic('APPAUTH', { AAUTHTYPE: 'LOGIN', AAUTHNAME: 'jo', AAUTHSECRET: 'example' }),
    ),
  );

const update = () =>
  provisioning(
    bootstrap('0'),
    apn('MMS-NAP', 'Example MMS', 'mms.example.com'),
    proxy('MMS-PX', 'Example MMS', '192.0.2.90', '8080', 'MMS-NAP'),
    mms('Example MMS', { 'TO-PROXY': 'MMS-PX' }, 'http://mms.example.com/mms'),
  );

const takeover = () =>
  provisioning(
    characteristic('BOOTSTRAP', { NAME: 'Network update' }),
    apn('UPDATE-NAP', 'Network update', 'internet'),
    proxy('UPDATE-PX', 'Network update', '203.0.113.66', '3128', 'UPDATE-NAP'),
    browser('Network update', { 'TO-PROXY': 'UPDATE-PX' }, 'http://login.example.net/mobile'),
  );

export function phoneLife(): Story {
  const tape = new Tape('2026-11-06T08:00:00Z');
  const session = new Session(tape, 0x7300).begin();
  const messages: ExpectedMessage[] = [];
  const expected = (of: number, more: Pick<ExpectedMessage, 'verdict'> & Partial<ExpectedMessage>): void => {
    messages.push({ kind: 'client-provisioning', state: 'complete', to: TO, parts: [of, of], ...more });
  };
  const send = (from: string, push: Uint8Array, reference: number): number => {
    const ids = session.submitParts(from, TO, parts(push, reference));
    session.pause(2600);
    for (const id of ids) session.receipt(id, from, TO, 'DELIVRD').pause(300);
    session.alive().pause(HOUR);
    return ids.length;
  };
  expected(send('32100', protectedPush('NETWPIN', keyOf.NETWPIN(IMSI), first()), 0x21), {
    method: 'NETWPIN',
    verdict: 'valid',
  });
  expected(send('32700', protectedPush('USERPIN', keyOf.USERPIN(PIN), mail()), 0x22), {
    method: 'USERPIN',
    verdict: 'valid',
  });
  const all = parts(protectedPush('NETWPIN', keyOf.NETWPIN(IMSI), update()), 0x23);
  const ids = session.submitParts('32100', TO, all.slice(0, -1));
  session.pause(2600);
  for (const id of ids) session.receipt(id, '32100', TO, 'DELIVRD').pause(300);
  session.alive().pause(HOUR);
  messages.push({
    kind: 'client-provisioning',
    state: 'incomplete',
    to: TO,
    parts: [all.length - 1, all.length],
    missing: [all.length],
    method: 'NETWPIN',
    verdict: 'not-applicable',
  });
  expected(send('32100', protectedPush('NETWPIN', keyOf.NETWPIN(IMSI), update()), 0x24), {
    method: 'NETWPIN',
    verdict: 'valid',
  });
  expected(send('Operator', openPush(takeover()), 0x25), { verdict: 'unprotected', findings: ['SEC-UNPROTECTED'] });
  session.end();
  return {
    id: 'phone-life',
    file: 'phone-life.pcap',
    title: 'One phone, five messages',
    story:
      'A phone gets its home settings, a mail account, an update of which a part is lost and which is sent again, and at last an unsigned message that wants its traffic and that its home context no longer allows.',
    keys: { imsi: [IMSI], pin: [PIN] },
    expect: { messages },
    bytes: pcapOf(tape),
  };
}
