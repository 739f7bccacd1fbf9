// One frame by itself, for whoever looks at it: the same decoders as on the hot path, with a recorder.

import type { Finding } from '../../captures/finding.ts';
import { Cursor, runLayer } from '../base/cursor.ts';
import type { Recorder } from '../base/recorder.ts';
import {
  BAD,
  CONTROL,
  CUT,
  FRAGMENT,
  IP_PROTO,
  LINK,
  SCTP_PAYLOAD,
  STOP,
  TCP_PAYLOAD,
  UDP_PAYLOAD,
} from '../link/next.ts';
import { createPacket, resetPacket } from '../link/packet.ts';
import { formatAddressWords } from '../net/address.ts';
import { readLayers } from './layers.ts';

export interface FrameLayers {
  /** What the payload is: of TCP, of UDP, of SCTP, one fragment, of another IP protocol, of a link or network layer that is not read; 'none' where a header is cut or malformed. */
  readonly transport: 'tcp' | 'udp' | 'sctp' | 'fragment' | 'ip' | 'other' | 'control' | 'none';
  /** IP protocol number behind the innermost IP header; -1 where there is none. */
  readonly protocol: number;
  /** '' where there is no IP header. */
  readonly sourceAddress: string;
  readonly destinationAddress: string;
  /** 0 where the transport has none. */
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Payload of the innermost header that was read, octets of the frame. */
  readonly payload: { readonly start: number; readonly length: number };
  /** Octets of the payload that the capture does not hold. */
  readonly missing: number;
  readonly findings: readonly Finding[];
}

/**
 * Reads a frame down to its transport. `linkType`: LINKTYPE_ value; `cut`: the snapshot length left octets of it out.
 * Never throws.
 */
export function layersOfFrame(
  bytes: Uint8Array,
  linkType: number,
  recorder: Recorder | null,
  cut = false,
): FrameLayers {
  const p = createPacket();
  resetPacket(p, cut);
  const c = new Cursor(bytes, 0, bytes.length, recorder);
  const end = runLayer(c, () => readLayers(c, p, LINK | linkType)) ?? CUT;
  const transport = transportOf(end);
  const ports = transport === 'tcp' || transport === 'udp' || transport === 'sctp';
  return {
    transport,
    protocol: protocolOf(end, p.fragmentProtocol),
    sourceAddress: formatAddressWords(p.version, p.s0, p.s1, p.s2, p.s3),
    destinationAddress: formatAddressWords(p.version, p.d0, p.d1, p.d2, p.d3),
    sourcePort: ports ? p.sourcePort : 0,
    destinationPort: ports ? p.destinationPort : 0,
    payload: { start: c.pos, length: c.left },
    missing: p.missing,
    findings: c.findings,
  };
}

function transportOf(end: number): FrameLayers['transport'] {
  if (end === TCP_PAYLOAD) return 'tcp';
  if (end === UDP_PAYLOAD) return 'udp';
  if (end === SCTP_PAYLOAD) return 'sctp';
  if (end === FRAGMENT) return 'fragment';
  if (end === CONTROL) return 'control';
  if (end === CUT || end === BAD) return 'none';
  return isIpProtocol(end) ? 'ip' : 'other';
}

const isIpProtocol = (end: number): boolean => (end & 0xff_0000) === IP_PROTO && end < (STOP | 0x10_0000);

function protocolOf(end: number, fragmentProtocol: number): number {
  if (end === TCP_PAYLOAD) return 6;
  if (end === UDP_PAYLOAD) return 17;
  if (end === SCTP_PAYLOAD) return 132;
  if (end === FRAGMENT) return fragmentProtocol;
  return isIpProtocol(end) ? end & 0xffff : -1;
}
