// What the driver may hold, whatever the capture contains. Hitting a budget is a finding.

import { rules } from '../../captures/finding.ts';
import type { FragmentBudgets } from '../net/fragments/reassembly.ts';
import type { SctpFragmentBudgets } from '../transport/sctp/fragments.ts';
import type { StreamBudgets } from '../transport/tcp/stream.ts';

export const SECOND = 1e9;

export interface DriverBudgets {
  readonly fragments: FragmentBudgets;
  readonly stream: StreamBudgets;
  /** Followed TCP connections. */
  readonly connections: number;
  /** Octets all of them hold back together. */
  readonly pendingOctets: number;
  readonly sctp: {
    /** Followed SCTP associations. */
    readonly associations: number;
    readonly fragments: SctpFragmentBudgets;
  };
  /** UDP and other conversations whose state is kept. */
  readonly conversations: number;
  /** Nanoseconds without a segment after which a connection is forgotten. */
  readonly idle: number;
  /** The same once it was closed: retransmissions may follow. RFC 9293 3.4.1: twice the maximum segment lifetime. */
  readonly closedIdle: number;
  /** Octets of a stream without a PDU after which it is followed no longer. */
  readonly skippedOctets: number;
  /** Segments of a connection looked back at when it turns out to matter, and octets before that point. */
  readonly lookbackSegments: number;
  readonly lookbackOctets: number;
  /** Findings of one rule that are given out one by one; the rest is counted. */
  readonly findingsPerRule: number;
}

export const defaultBudgets: DriverBudgets = {
  fragments: { datagrams: 4096, octets: 16 << 20, wait: 60 * SECOND },
  stream: {
    pendingOctets: 512 << 10,
    pendingSegments: 1024,
    wait: 10 * SECOND,
    acknowledgedWait: SECOND,
    acknowledgedSegments: 16,
    history: 4096,
    startOctets: 64 << 10,
    startSegments: 8,
  },
  connections: 8192,
  pendingOctets: 32 << 20,
  sctp: { associations: 2048, fragments: { fragments: 16_384, octets: 16 << 20, wait: 60 * SECOND } },
  conversations: 16_384,
  idle: 4 * 3600 * SECOND,
  closedIdle: 240 * SECOND,
  skippedOctets: 256 << 10,
  lookbackSegments: 256,
  lookbackOctets: 64 << 10,
  findingsPerRule: 200,
};

export const driverRules = rules({
  resynchronised: {
    code: 'STREAM-RESYNC',
    severity: 'warning',
    title: 'Octets of a stream were skipped up to the next header that makes sense',
    clause: 'framing of the protocol in the stream',
  },
  unframed: {
    code: 'STREAM-UNFRAMED',
    severity: 'warning',
    title: 'The rest of a stream holds no header that makes sense',
    clause: 'framing of the protocol in the stream',
  },
  incomplete: {
    code: 'STREAM-INCOMPLETE',
    severity: 'warning',
    title: 'The last PDU of a stream is not complete',
    clause: 'framing of the protocol in the stream',
  },
  connections: {
    code: 'DRIVER-CONNECTIONS',
    severity: 'warning',
    title: 'More TCP connections than are followed at once; those silent the longest were given up',
    clause: 'budget of this program',
  },
  octets: {
    code: 'DRIVER-OCTETS',
    severity: 'warning',
    title: 'More octets wait for missing TCP segments than are held; gaps were given up early',
    clause: 'budget of this program',
  },
  more: {
    code: 'DRIVER-MORE',
    severity: 'note',
    title: 'More findings of the same rule than are listed',
    clause: 'budget of this program',
  },
});
