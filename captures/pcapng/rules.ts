// What a pcapng file can have wrong.

import { rules } from '../finding.ts';

const DRAFT = 'draft-ietf-opsawg-pcapng-05';

export const PCAPNG_RULES = rules({
  blockLength: {
    code: 'PCAPNG-BLOCK-LENGTH',
    severity: 'error',
    title: 'A block gives a length it cannot have',
    clause: `${DRAFT} 3.1`,
    receivers: 'libpcap and Wireshark stop here',
  },
  trailer: {
    code: 'PCAPNG-TRAILER',
    severity: 'warning',
    title: 'The length at the end of a block differs from the one at its start',
    clause: `${DRAFT} 3.1`,
    receivers: 'libpcap and Wireshark stop here',
  },
  padding: {
    code: 'PCAPNG-BLOCK-PADDING',
    severity: 'warning',
    title: 'The length of a block is no multiple of 4',
    clause: `${DRAFT} 3.1`,
  },
  short: {
    code: 'PCAPNG-BLOCK-SHORT',
    severity: 'error',
    title: 'A block is too short for what it must hold',
    clause: `${DRAFT} 4`,
  },
  cut: {
    code: 'PCAPNG-CUT',
    severity: 'warning',
    title: 'The file ends inside a block',
    clause: `${DRAFT} 3.1`,
    receivers: 'libpcap reads what is before and reports an error',
  },
  byteOrder: {
    code: 'PCAPNG-BYTE-ORDER-MAGIC',
    severity: 'error',
    title: 'The byte-order magic of a section header is neither of its two values',
    clause: `${DRAFT} 4.1`,
  },
  version: {
    code: 'PCAPNG-VERSION',
    severity: 'error',
    title: 'A section has a major version other than 1',
    clause: `${DRAFT} 4.1`,
    receivers: 'The section must be skipped',
  },
  minorVersion: {
    code: 'PCAPNG-MINOR-VERSION',
    severity: 'note',
    title: 'A section has a minor version other than 0 or 2',
    clause: `${DRAFT} 4.1`,
  },
  options: {
    code: 'PCAPNG-OPTION-LENGTH',
    severity: 'warning',
    title: 'An option is longer than its block',
    clause: `${DRAFT} 3.5`,
  },
  timeResolution: {
    code: 'PCAPNG-TSRESOL',
    severity: 'error',
    title: 'A time resolution is finer than 64 bits can count',
    clause: `${DRAFT} 4.2`,
  },
  interfaces: {
    code: 'PCAPNG-INTERFACES',
    severity: 'error',
    title: 'A section describes more interfaces than this program keeps',
    clause: `${DRAFT} 4.2`,
  },
  noInterface: {
    code: 'PCAPNG-NO-INTERFACE',
    severity: 'error',
    title: 'A packet belongs to an interface that was not described',
    clause: `${DRAFT} 4.2`,
    receivers: 'libpcap and Wireshark stop here',
  },
  snapLength: {
    code: 'PCAPNG-SNAPLEN',
    severity: 'note',
    title: 'The snapshot length of an interface limits nothing',
    clause: `${DRAFT} 4.2`,
  },
  frameCheckSequence: {
    code: 'PCAPNG-FCS',
    severity: 'note',
    title: 'Frames of an interface end with a frame check sequence',
    clause: `${DRAFT} 4.2`,
  },
  capturedLength: {
    code: 'PCAPNG-CAPTURED-LENGTH',
    severity: 'error',
    title: 'A packet claims more octets than its block holds',
    clause: `${DRAFT} 4.3`,
  },
  originalLength: {
    code: 'PCAPNG-ORIGINAL-LENGTH',
    severity: 'note',
    title: 'The length on the wire is given as less than what was captured',
    clause: `${DRAFT} 4.3`,
  },
  dropped: {
    code: 'PCAPNG-DROPPED',
    severity: 'warning',
    title: 'The capture itself lost packets',
    clause: `${DRAFT} 4.6`,
    fix: 'Capture with a larger buffer or a narrower filter',
  },
  comments: {
    code: 'PCAPNG-COMMENTS',
    severity: 'note',
    title: 'More comments than this program keeps',
    clause: 'none: a budget of this program',
  },
  givenUp: {
    code: 'PCAPNG-GIVEN-UP',
    severity: 'error',
    title: 'The file is damaged in too many places',
    clause: 'none: a budget of this program',
  },
});
