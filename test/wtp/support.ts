// WTP by hand, through the whole driver.

import { createDriver } from '../../dissectors/driver/index.ts';
import { dissectors } from '../../dissectors/index.ts';
import { createRegistry, type DecodeAs } from '../../dissectors/registry.ts';
import { type Heard, listen } from '../sms/support.ts';
import { batchOf, eth, type FrameSpec, hex, ipv4, udp } from '../stack/build.ts';

export const SERVER = '192.0.2.50';
export const PHONE = '192.0.2.51';
const SERVER_PORT = 9201;
const PHONE_PORT = 49200;

/** A datagram at a second of the capture, 'down' from the server to the phone. */
export type Step = readonly [seconds: number, way: 'down' | 'up', octets: string];

export function frameOf([seconds, way, octets]: Step): FrameSpec {
  const down = way === 'down';
  const payload = hex(octets);
  const datagram = down ? udp(SERVER_PORT, PHONE_PORT, payload) : udp(PHONE_PORT, SERVER_PORT, payload);
  const ends = down ? { from: SERVER, to: PHONE } : { from: PHONE, to: SERVER };
  return { bytes: eth(0x0800, ipv4(17, datagram, ends)), time: seconds * 1e9 };
}

/** Octets in front of the UDP payload. */
export const HEADERS = 14 + 20 + 8;

export function play(frames: readonly FrameSpec[], decodeAs: readonly DecodeAs[] = []): Heard {
  const heard = listen();
  const driver = createDriver({
    registry: createRegistry(dissectors),
    sink: heard.sink,
    frames: { add: (batch, index) => batch.firstNumber + index },
    decodeAs,
  });
  if (frames.length > 0) driver.batch(batchOf(frames));
  driver.end();
  return heard;
}

export const run = (...steps: readonly Step[]): Heard => play(steps.map(frameOf));

/** ConfirmedPush of a short connectivity document, without a transaction octet. */
export const PUSH = '07 01 b6 030b6a00c5460101';
/** The same as an unconfirmed Push. */
export const PLAIN_PUSH = '06 01 b6 030b6a00c5460101';
