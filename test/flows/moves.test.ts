// What phones do with their settings, followed through whole captures.

import { beforeAll, describe, expect, test } from 'vitest';
import { Tape } from '../../analysis/encode/tape.ts';
import type { FlowReply } from '../../analysis/engine/contract/flows.ts';
import { createSession } from '../../analysis/engine/session.ts';
import { fromBytes } from '../../captures/source.ts';
import { accessPoint, mmsNotification, welcome } from '../generator/documents.ts';
import { Session } from '../generator/gateway.ts';
import { openPush, parts, typedPush } from '../generator/push.ts';
import { UDHI } from '../generator/smpp.ts';
import { pcapOf } from '../generator/story.ts';
import {
  activation,
  connect,
  createPdpRequest,
  createPdpResponse,
  createSessionRequest,
  createSessionResponse,
  httpRequest,
  lookUp,
} from './build.ts';

const TO = '+4915550100150';
const NUMBER = '4915550100150';
const IMSI = '262019876543210';
const PHONE = '10.20.30.40';

async function flowOf(tape: Tape, message = 'm1'): Promise<FlowReply> {
  const session = createSession({ open: () => Promise.reject(new Error('no')), samples: async () => [] });
  await session.openSources([fromBytes('made.pcap', pcapOf(tape))]);
  return session.request({ op: 'flow', message });
}

function provisioned(push: Uint8Array): Tape {
  const tape = new Tape('2026-11-03T11:05:00Z');
  const session = new Session(tape, 0x6001).begin();
  for (const message of parts(push, 0x33)) session.submit({ from: '32100', to: TO, esmClass: UDHI, message });
  session.end();
  return tape.wait(5000);
}

const phone = (apn: string) => ({ imsi: IMSI, msisdn: NUMBER, apn });
const moves = (f: FlowReply) =>
  f.steps
    .filter((s) => s.kind === 'next-move')
    .map((s) => `${s.label} ${s.result}${s.code === null ? '' : ` ${s.code}`}`);

describe('the settings are used', () => {
  let flow: FlowReply;
  beforeAll(async () => {
    const tape = provisioned(openPush(welcome()));
    activation(tape, createPdpRequest(9, phone('internet.example.com')), createPdpResponse(9, 128, PHONE));
    tape.wait(500);
    lookUp(tape, PHONE, 'mms.example.com', { addresses: ['192.0.2.90'] });
    connect(tape, PHONE, '192.0.2.90', 80, true).close();
    connect(tape, PHONE, '192.0.2.80', 8080, false);
    // Somebody else.
    connect(tape, '10.9.9.9', '192.0.2.80', 8080, true).close();
    flow = await flowOf(tape);
  });
  test('each move and its answer is a step', () => {
    expect(moves(flow)).toEqual([
      'Create PDP Context Request none',
      'Create PDP Context Response ok',
      'DNS query A none',
      'DNS answer ok',
      'TCP SYN none',
      'TCP SYN, ACK ok',
      'TCP SYN none',
      'TCP RST refused TCP RST',
    ]);
    expect(flow.steps.filter((s) => s.kind === 'next-move' && s.from === 'phone')).toHaveLength(4);
  });
  test('stages have times; the refused connection is what stopped it, the message was accepted', () => {
    expect(flow.outcome).toBe('accepted');
    expect(flow.applied).toBe(true);
    expect(flow.stages.map((s) => `${s.stage} ${s.result}`)).toEqual([
      'submit ok',
      'activation ok',
      'name ok',
      'connection ok',
      'connection refused',
    ]);
    expect(flow.stages[1]!.t1 - flow.stages[1]!.t0).toBeCloseTo(80e6, -6);
    expect(flow.failure).toMatchObject({ stage: 'connection', bearer: 'tcp', code: 'TCP RST' });
    expect(flow.failure?.check[0]).toContain('address and port');
  });
  test('endpoints go from the sender to the servers', () => {
    expect(flow.endpoints.map((e) => e.role)).toEqual([
      'sender',
      'smsc',
      'network',
      'phone',
      'dns',
      'server',
      'server',
    ]);
  });
});

describe('the settings are wrong', () => {
  test.each([
    {
      name: 'GTPv1: unknown access point',
      request: createPdpRequest(9, phone('internet.example.com')),
      response: createPdpResponse(9, 219),
      code: 'GTPv1 cause 219',
      words: 'does not know the access point',
    },
    {
      name: 'GTPv2: not subscribed',
      request: createSessionRequest(3, phone('internet.example.com.mnc001.mcc262.gprs')),
      response: createSessionResponse(3, 93),
      code: 'GTPv2 cause 93',
      words: 'does not include this access point',
    },
    {
      name: 'GTPv2: wrong password',
      request: createSessionRequest(3, phone('INTERNET.example.com')),
      response: createSessionResponse(3, 92),
      code: 'GTPv2 cause 92',
      words: 'User name or password',
    },
  ])('$name', async ({ request, response, code, words }) => {
    const tape = provisioned(openPush(accessPoint('Example', 'internet.example.com')));
    activation(tape, request, response);
    const flow = await flowOf(tape);
    expect(flow.failure).toMatchObject({ stage: 'activation', bearer: 'gtp', code });
    expect(flow.failure?.text).toContain(words);
    expect(flow.applied).toBeNull();
  });
  test('a later success takes the failure back', async () => {
    const tape = provisioned(openPush(accessPoint('Example', 'internet.example.com')));
    activation(tape, createPdpRequest(9, phone('internet.example.com')), createPdpResponse(9, 199));
    tape.wait(2000);
    activation(tape, createPdpRequest(10, phone('internet.example.com')), createPdpResponse(10, 128, PHONE));
    const flow = await flowOf(tape);
    expect(flow.failure?.stage).not.toBe('activation');
    expect(flow.applied).toBe(true);
  });
});

describe('nothing is invented', () => {
  test('another phone, another time, another access point', async () => {
    const other = { imsi: '262010000000009', msisdn: '4915550100999', apn: 'internet.example.com' };
    const tape = provisioned(openPush(accessPoint('Example', 'internet.example.com')));
    activation(tape, createPdpRequest(9, other), createPdpResponse(9, 219));
    expect(moves(await flowOf(tape))).toEqual([]);
    tape.wait(2 * 3600e3);
    activation(tape, createPdpRequest(10, phone('internet.example.com')), createPdpResponse(10, 219));
    expect(moves(await flowOf(tape))).toEqual([]);
    const elsewhere = provisioned(openPush(accessPoint('Example', 'internet.example.com')));
    activation(elsewhere, createPdpRequest(9, phone('other.example')), createPdpResponse(9, 128, PHONE));
    const flow = await flowOf(elsewhere);
    expect(flow.applied).toBeNull();
    expect(flow.steps.find((s) => s.kind === 'next-move')?.text).toContain('not the access point of the settings');
  });
  test('who connects is said to be perhaps another phone where nothing ties it to this one', async () => {
    const tape = provisioned(openPush(welcome()));
    connect(tape, '10.9.9.9', '192.0.2.80', 8080, false);
    const flow = await flowOf(tape);
    expect(flow.steps.filter((s) => s.kind === 'next-move')[0]?.text).toContain('perhaps of another phone');
    expect(flow.failure?.stage).not.toBe('connection');
  });
});

describe('over HTTP', () => {
  test('a message of MMS is fetched from where the notification says', async () => {
    const url = 'http://mms.example.com/m/7';
    const tape = provisioned(
      typedPush(
        'application/vnd.wap.mms-message',
        mmsNotification('+4915550100151', url, 3000),
        'x-wap-application:mms.ua',
      ),
    );
    const link = connect(tape, PHONE, '192.0.2.90', 80, true);
    link.send('client', httpRequest('GET /m/7 HTTP/1.1', { Host: 'mms.example.com' }));
    tape.wait(90);
    link.send(
      'server',
      httpRequest('HTTP/1.1 200 OK', { 'Content-Type': 'application/vnd.wap.mms-message' }, 'x'.repeat(40)),
    );
    link.close();
    const flow = await flowOf(tape);
    expect(flow.stages.map((s) => `${s.stage} ${s.result}`)).toEqual(['submit ok', 'retrieval ok']);
  });
  test('a device management session begins at the provisioned server', async () => {
    const tape = provisioned(openPush(welcome()));
    activation(tape, createPdpRequest(9, phone('internet.example.com')), createPdpResponse(9, 128, PHONE));
    const link = connect(tape, PHONE, '192.0.2.90', 80, true);
    const type = 'application/vnd.syncml.dm+wbxml';
    link.send(
      'client',
      httpRequest('POST /dm HTTP/1.1', { Host: 'mms.example.com', 'Content-Type': type }, 'y'.repeat(30)),
    );
    link.send('server', httpRequest('HTTP/1.1 503 Service Unavailable', {}));
    link.close();
    const flow = await flowOf(tape);
    expect(flow.stages.find((s) => s.stage === 'dm-session')).toMatchObject({ result: 'refused', code: 'HTTP 503' });
    expect(flow.failure).toMatchObject({ stage: 'dm-session', code: 'HTTP 503' });
  });
});
