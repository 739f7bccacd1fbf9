// What every reader gives: batches of frames in columns, or records of a text log.

import type { Finding } from './finding.ts';
import type { Signal } from './source.ts';

/**
 * Frames of one block. Positions are into `bytes`, which is borrowed: it may be overwritten once the batch
 * after the next one has been asked for, so whoever keeps octets copies them.
 */
export interface FrameBatch {
  readonly kind: 'frames';
  readonly bytes: Uint8Array;
  readonly count: number;
  /** 1-based number of the first frame. */
  readonly firstNumber: number;
  /** Start of captured octets in `bytes`. */
  readonly start: Int32Array;
  /** Captured octets. */
  readonly length: Int32Array;
  /** Octets on the wire; larger than `length` where the snapshot length cut the frame. */
  readonly wireLength: Int32Array;
  /** LINKTYPE_ value. */
  readonly linkType: Uint16Array;
  /** Nanoseconds since the reader's `base`; NaN where the container has no time. */
  readonly time: Float64Array;
  /** Byte position of the captured octets in the (decompressed) file. */
  readonly offset: Float64Array;
  /** Input bytes consumed so far (compressed ones where the file is compressed). */
  readonly consumed: number;
  /** Frames are missing in between that changed nothing when they were read. */
  readonly replayed?: Replayed;
}

/** Of a batch that holds only some frames of the one that was read before in its place. */
export interface Replayed {
  /** Frames there were. */
  readonly count: number;
  /** Where each frame stood among them, from 0: what `firstNumber` and the order of frames count by. */
  readonly index: Int32Array;
  /** First time of the frames there were, the earliest and the latest; NaN where none had one. */
  readonly first: number;
  readonly earliest: number;
  readonly latest: number;
}

/** Number of frame `i` of the batch. */
export const numberOf = (b: FrameBatch, i: number): number =>
  b.firstNumber + (b.replayed === undefined ? i : b.replayed.index[i]!);

/** What the octets of a log record are. */
export type RecordContent =
  | 'tpdu' // SMS TPDU, without service centre address
  | 'tpdu-sc' // service centre address, then TPDU
  | 'user-data' // TP-User-Data: UDH (if `udhi`) and content
  | 'wsp' // a WSP PDU
  | 'wbxml' // a WBXML document
  | 'xml'; // a text document

/** One record of a text log, or the whole of a single-document file. */
export interface LogRecord {
  /** 1-based; counts as a frame. */
  readonly number: number;
  /** Nanoseconds since the reader's `base`, NaN where the log has no time. */
  readonly time: number;
  readonly content: RecordContent;
  readonly bytes: Uint8Array;
  /** Byte range of the record in the file. */
  readonly offset: number;
  readonly length: number;
  /** 'mt' towards the phone, 'mo' from it; undefined where the log does not tell. */
  readonly direction?: 'mt' | 'mo';
  readonly udhi?: boolean;
  readonly dcs?: number;
  readonly from?: string;
  readonly to?: string;
  readonly smsc?: string;
  readonly imsi?: string;
  /** What kind of log line it was, e.g. '+CMGR', 'Kannel bearerbox'. */
  readonly label: string;
}

export interface RecordBatch {
  readonly kind: 'records';
  readonly records: readonly LogRecord[];
  readonly consumed: number;
}

/** An IMSI that a text log shows, and where. */
export interface LogIdentity {
  readonly imsi: string;
  /** Nanoseconds since the reader's `base`, NaN where the log has no time. */
  readonly time: number;
  /** Byte range in the file. */
  readonly offset: number;
  readonly length: number;
  /** What showed it: 'AT+CIMI', 'GET_IMSI'. */
  readonly label: string;
}

/** Frames that the capturing host says it lost. */
export interface Loss {
  /** Somewhere between the two, nanoseconds since the reader's `base`; null: the beginning of the capture. */
  readonly from: number | null;
  readonly to: number;
  readonly packets: number;
  /** Who lost them: 'interface eth0', 'the operating system on eth0'. */
  readonly by: string;
}

export type Batch = FrameBatch | RecordBatch;

export interface ReaderOptions {
  /** Bytes asked of the source at once. */
  readonly blockSize?: number;
  readonly signal?: Signal;
}

/** A header that says how the frames behind it are to be read. */
export interface HeaderRange {
  /** Byte position in the (decompressed) file. */
  readonly at: number;
  readonly length: number;
  /** Those before it no longer hold. */
  readonly begins: boolean;
}

export interface CaptureReader {
  /** 'pcap', 'pcapng', 'pcap+gzip', 'at-log', 'wbxml' ... */
  readonly format: string;
  /** What is particular about this file, in words: byte order, time unit, odd record headers. */
  readonly variant?: string;
  /** What the file held besides frames, and was passed over. */
  readonly skipped?: readonly { readonly what: string; readonly count: number }[];
  /** Absolute nanoseconds since 1970 of time 0; set before the first batch is given. Null: no frame has a time. */
  readonly base: bigint | null;
  /** Grows while reading. Ranges are of 'file'. */
  readonly findings: readonly Finding[];
  /** Frames or records given so far. */
  readonly frames: number;
  /** Byte position at which the file was found cut off, else null. */
  readonly truncatedAt: number | null;
  /** Comments of sections, interfaces and packets (pcapng). */
  readonly comments: readonly { readonly frame: number | null; readonly text: string }[];
  /** File headers, section headers and interface descriptions met so far; undefined: too many, or the file has none. */
  readonly headers?: readonly HeaderRange[] | undefined;
  /** Where the capture says that it lost frames (pcapng). */
  readonly losses?: readonly Loss[];
  /** IMSIs seen so far (text logs). Records after one carry it as their `imsi`. */
  readonly identities?: readonly LogIdentity[];
  batches(): AsyncGenerator<Batch, void, void>;
}

/** What a file is, judged by its content. */
export interface Unreadable {
  readonly unreadable: true;
  /** First octets, printable. */
  readonly firstBytes: string;
  /** 'a ZIP archive', 'a PNG picture', 'nothing known'. */
  readonly looksLike: string;
  /** What would read it, or undefined. */
  readonly readBy?: string;
}
