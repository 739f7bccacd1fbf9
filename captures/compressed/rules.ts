// What compressed captures can have wrong.

import { rules } from '../finding.ts';

const GZIP = 'RFC 1952 2.2';
const ZSTD = 'RFC 8878 3.1';
const LZ4 = 'LZ4 Frame Format 1.6.4';

export const COMPRESSION_RULES = rules({
  gzipDamaged: {
    code: 'GZIP-DAMAGED',
    severity: 'error',
    title: 'Compressed data cannot be decoded',
    clause: 'RFC 1951 3.2',
  },
  gzipCut: { code: 'GZIP-CUT', severity: 'warning', title: 'Compressed data ends before its end mark', clause: GZIP },
  gzipChecksum: {
    code: 'GZIP-CHECKSUM',
    severity: 'error',
    title: 'Decompressed data differs from what was compressed',
    clause: GZIP,
  },
  gzipTrailing: {
    code: 'GZIP-TRAILING',
    severity: 'note',
    title: 'Octets that are no gzip member follow the last one',
    clause: GZIP,
  },
  zstdDamaged: { code: 'ZSTD-DAMAGED', severity: 'error', title: 'Compressed data cannot be decoded', clause: ZSTD },
  zstdCut: { code: 'ZSTD-CUT', severity: 'warning', title: 'Compressed data ends before its end mark', clause: ZSTD },
  zstdChecksum: {
    code: 'ZSTD-CHECKSUM',
    severity: 'error',
    title: 'Decompressed data differs from what was compressed',
    clause: ZSTD,
  },
  zstdWindow: {
    code: 'ZSTD-WINDOW',
    severity: 'error',
    title: 'A frame needs a larger window than this program gives it',
    clause: 'RFC 8878 3.1.1.1.2',
    fix: 'Compress without --long, or decompress the file first',
  },
  zstdDictionary: {
    code: 'ZSTD-DICTIONARY',
    severity: 'error',
    title: 'A frame was compressed with a dictionary',
    clause: 'RFC 8878 3.1.1.1.3',
    fix: 'Decompress the file first',
  },
  lz4Damaged: { code: 'LZ4-DAMAGED', severity: 'error', title: 'Compressed data cannot be decoded', clause: LZ4 },
  lz4Cut: { code: 'LZ4-CUT', severity: 'warning', title: 'Compressed data ends before its end mark', clause: LZ4 },
  lz4Checksum: {
    code: 'LZ4-CHECKSUM',
    severity: 'error',
    title: 'Decompressed data differs from what was compressed',
    clause: LZ4,
  },
  lz4Dictionary: {
    code: 'LZ4-DICTIONARY',
    severity: 'error',
    title: 'A frame was compressed with a dictionary',
    clause: LZ4,
    fix: 'Decompress the file first',
  },
  trailing: {
    code: 'COMPRESSED-TRAILING',
    severity: 'note',
    title: 'Octets that are no compressed frame follow the last one',
    clause: 'RFC 8878 3, LZ4 Frame Format 1.6.4',
  },
  expansion: {
    code: 'COMPRESSED-EXPANSION',
    severity: 'error',
    title: 'A small file decompresses to more than this program reads',
    clause: 'none: a budget of this program',
    fix: 'Decompress the file first',
  },
});
