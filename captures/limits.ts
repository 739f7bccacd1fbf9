// Budgets of the capture readers. Reaching one is a finding, never a surprise.

const KIB = 1024;
const MIB = 1024 * KIB;

export const LIMITS = {
  /** Octets looked at to tell what a file is. */
  headBytes: 64 * KIB,
  /** Octets that tell a pcap from a pcapng: the header of the former. */
  captureHeader: 24,
  /** Octets asked of a source at once, unless the caller says otherwise. */
  blockSize: 2 * MIB,
  /** Frames of one batch. */
  framesPerBatch: 16384,
  /** Longest frame or pcapng block that is held in memory. */
  frameBytes: 64 * MIB,
  /** Captured lengths above this are believed only when the next record header is where they say (libpcap writes no more). */
  usualFrameBytes: 256 * KIB,
  /** Blocks above this are not looked for when a damaged pcapng file is resynchronised. */
  resyncBlockBytes: MIB,
  /** Damaged places after which a file is given up. */
  resyncs: 1000,
  /** Findings of one reader, and of one code. */
  findings: 1000,
  findingsPerCode: 50,
  /** pcapng comments kept, and their octets. */
  comments: 10_000,
  commentBytes: 4 * MIB,
  /** Interfaces of one pcapng section. */
  interfaces: 10_000,
  /** Stretches of time of one file in which frames were lost; further ones widen the last. */
  losses: 1000,
  /** Headers whose place is kept, so that frames behind them can be read again. */
  headers: 20_000,
  /** Compressed layers inside one another. */
  nesting: 2,
  /** Largest zstd window: what `zstd -d` itself takes without being asked. */
  zstdWindow: 128 * MIB,
  /** Decompressed octets that are always read; above it only as long as the ratio below holds. */
  expandedBytes: 128 * MIB,
  /** Decompressed octets for each compressed one, beyond `expandedBytes`. */
  expansionRatio: 200,
  /** Decompressed octets kept for random access. */
  accessCacheBytes: 32 * MIB,
} as const;
