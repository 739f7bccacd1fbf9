// Four phones get the same proxy; of one it is changed later. All messages name a proxy, one changes one.

import { Tape } from '../../../analysis/encode/tape.ts';
import { writePcap } from '../../../captures/write/pcap.ts';
import { apn, browser, provisioning, proxy } from '../documents.ts';
import { Session } from '../gateway.ts';
import { keyOf } from '../keys.ts';
import { parts, protectedPush } from '../push.ts';

const SENDER = '32100';
const phone = (n: number): string => `+49155501004${n.toString().padStart(2, '0')}`;

export const CHANGED_PHONE = phone(2);
export const OLD_PROXY = '192.0.2.80';
export const NEW_PROXY = '203.0.113.99';

const settings = (proxyAddress: string, page: string): Uint8Array =>
  provisioning(
    apn('MOBILE-NAP', 'Example Mobile', 'internet.example.com'),
    proxy('MOBILE-PX', 'Example Mobile', proxyAddress, '8080', 'MOBILE-NAP'),
    browser('Example Mobile', { 'TO-PROXY': 'MOBILE-PX' }, page),
  );

const PAGE = 'http://start.example.com/';

/** Messages m1 to m4: the same settings to four phones. m5: again, m6: another proxy, m7: another page, to the first three. */
export function changedProxy(): Uint8Array {
  const tape = new Tape('2026-11-12T08:00:00Z');
  const session = new Session(tape, 0x6600).begin();
  let reference = 0x10;
  const deliver = (n: number, document: Uint8Array): void => {
    const push = protectedPush('NETWPIN', keyOf.NETWPIN(`00101000000040${n}`), document);
    reference += 1;
    const ids = session.submitParts(SENDER, phone(n), parts(push, reference));
    session.pause(2000);
    for (const id of ids) session.receipt(id, SENDER, phone(n), 'DELIVRD').pause(200);
  };
  for (const n of [1, 2, 3, 4]) deliver(n, settings(OLD_PROXY, PAGE));
  session.pause(3_600_000);
  deliver(1, settings(OLD_PROXY, PAGE));
  deliver(2, settings(NEW_PROXY, PAGE));
  deliver(3, settings(OLD_PROXY, 'http://news.example.com/'));
  session.end();
  return writePcap(tape.frames, { linkType: 1 });
}
