// Stories about delivery: parts that never came, refusals, references that are used again, a bad line.

import { Tape } from '../../../analysis/encode/tape.ts';
import { accessPoint, welcome } from '../documents.ts';
import { Session } from '../gateway.ts';
import { keyOf } from '../keys.ts';
import { join } from '../octets.ts';
import { parts, protectedPush } from '../push.ts';
import { COMMAND, messageBody, pdu, STATUS, UDHI } from '../smpp.ts';
import { pcapOf, type Story } from '../story.ts';

const SENDER = '32100';
const CP = { kind: 'client-provisioning', method: 'USERPIN' } as const;

export function partMissing(): Story {
  const pin = '1379';
  const to = '+4915550100150';
  const all = parts(protectedPush('USERPIN', keyOf.USERPIN(pin), welcome()), 0x33);
  const tape = new Tape('2026-11-03T11:05:00Z');
  const session = new Session(tape, 0x6001).begin();
  all.forEach((message, i) => {
    session.submit({ from: SENDER, to, esmClass: UDHI, registered: true, message }, { lost: i === 2 });
    session.pause(40);
  });
  session.pause(30_000).alive().pause(30_000).alive().end();
  return {
    id: 'part-missing',
    file: 'part-missing.pcap',
    title: `Part 3 of ${all.length} never arrived`,
    story: `The gateway lost part 3 of ${all.length}: the phone keeps waiting, shows nothing, and nobody is told.`,
    keys: { imsi: [], pin: [pin] },
    expect: {
      messages: [
        {
          ...CP,
          state: 'incomplete',
          to,
          parts: [all.length - 1, all.length],
          missing: [3],
          verdict: 'not-applicable',
        },
      ],
    },
    bytes: pcapOf(tape),
  };
}

export function throttled(): Story {
  const pin = '8642';
  const to = '+4915550100158';
  const all = parts(
    protectedPush('USERPIN', keyOf.USERPIN(pin), accessPoint('Example Mobile', 'internet.example.com')),
    0x71,
  );
  const tape = new Tape('2026-11-03T14:20:00Z');
  const session = new Session(tape, 0x6100).begin();
  const submit = (message: Uint8Array, status: number) =>
    session.submit({ from: SENDER, to, esmClass: UDHI, registered: true, message }, { status });
  const ids: string[] = [];
  all.forEach((message, i) => {
    if (i === 1) {
      submit(message, STATUS.throttled);
      session.pause(5000);
      submit(message, STATUS.throttled);
      session.pause(10_000);
    }
    ids.push(submit(message, STATUS.ok));
    session.pause(50);
  });
  session.pause(2800);
  for (const id of ids) session.receipt(id, SENDER, to, 'DELIVRD').pause(500);
  session.end();
  return {
    id: 'throttled-retry',
    file: 'throttled-retry.pcap',
    title: 'Throttled, then accepted',
    story: `The message centre refuses the second part twice for sending too fast, takes it the third time, and the message verifies with PIN ${pin}.`,
    keys: { imsi: [], pin: [pin] },
    expect: {
      messages: [
        {
          ...CP,
          state: 'complete',
          to,
          parts: [all.length, all.length],
          verdict: 'valid',
          findings: ['FLOW-PART-RETRIED'],
        },
      ],
      outcomes: ['delivered'],
    },
    bytes: pcapOf(tape),
  };
}

export function referenceReused(): Story {
  const [oldPin, newPin] = ['1111', '5937'];
  const to = '+4915550100166';
  const first = parts(
    protectedPush('USERPIN', keyOf.USERPIN(oldPin), accessPoint('Old tariff', 'old.example.com')),
    0x08,
  );
  const second = parts(
    protectedPush('USERPIN', keyOf.USERPIN(newPin), accessPoint('New tariff', 'new.example.com')),
    0x08,
  );
  const tape = new Tape('2026-11-04T06:50:00Z');
  const session = new Session(tape, 0x6200).begin();
  session.submitParts(SENDER, to, first.slice(0, -1));
  session.pause(1_200_000).alive();
  session.pause(600_000);
  const ids = session.submitParts(SENDER, to, second);
  session.pause(2500);
  for (const id of ids) session.receipt(id, SENDER, to, 'DELIVRD').pause(400);
  session.end();
  return {
    id: 'reference-reused',
    file: 'reference-reused.pcap',
    title: 'One reference, two messages',
    story: `Half an hour after a message that stayed incomplete, the gateway uses its reference 8 again for another one, which is whole and verifies with PIN ${newPin}.`,
    keys: { imsi: [], pin: [newPin] },
    expect: {
      messages: [
        {
          ...CP,
          state: 'incomplete',
          to,
          parts: [first.length - 1, first.length],
          missing: [first.length],
          verdict: 'not-applicable',
        },
        { ...CP, state: 'complete', to, parts: [second.length, second.length], verdict: 'valid' },
      ],
    },
    bytes: pcapOf(tape),
  };
}

/** Two subscribers, one TCP stream in small segments that are swapped, repeated and lost from the capture. */
export function badLine(): Story {
  const pin = '4096';
  const recipients = ['+4915550100171', '+4915550100172'] as const;
  const push = protectedPush('USERPIN', keyOf.USERPIN(pin), accessPoint('Example Mobile', 'internet.example.com'));
  const tape = new Tape('2026-11-04T15:15:15Z');
  const session = new Session(tape, 0x6300).begin();
  const { link } = session;
  let sequence = 100;
  const requests = parts(push, 0x44).flatMap((message) =>
    recipients.map((to) =>
      pdu(COMMAND.submitSm, 0, sequence++, messageBody({ from: SENDER, to, esmClass: UDHI, message })),
    ),
  );
  const segments = link.make('client', join(...requests), 100);
  // Swapped, sent twice, and one that only its repetition brought.
  const order = segments.map((_, i) => i);
  [order[2], order[3]] = [3, 2];
  [order[5], order[6], order[7]] = [7, 5, 6];
  order.splice(9, 0, 4);
  for (const i of order) {
    tape.add(segments[i]!);
    session.pause(3);
  }
  link.ack('server');
  session.pause(20);
  requests.forEach((_, i) => {
    link.send('server', pdu(0x80000000 + COMMAND.submitSm, 0, 100 + i, Uint8Array.from([0x37, 0x30 + i, 0])));
    session.pause(2);
  });
  link.ack('client');
  session.end();
  const of = requests.length / recipients.length;
  return {
    id: 'bad-line',
    file: 'bad-line.pcap',
    title: 'Two subscribers over a bad line',
    story: `Segments of 100 octets arrive swapped and twice, the parts of two subscribers take turns, and both messages are whole and verify with PIN ${pin}.`,
    keys: { imsi: [], pin: [pin] },
    expect: {
      messages: recipients.map((to) => ({ ...CP, state: 'complete', to, parts: [of, of], verdict: 'valid' }) as const),
      outcomes: ['accepted', 'accepted'],
    },
    bytes: pcapOf(tape),
  };
}
