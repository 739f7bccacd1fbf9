import { rules } from '../../../captures/finding.ts';

export const httpRules = rules({
  header: {
    code: 'HTTP-HEADER',
    severity: 'note',
    title: 'A line of the header section is no header',
    clause: 'RFC 9112 5.1',
  },
  headers: {
    code: 'HTTP-HEADERS',
    severity: 'warning',
    title: 'More header lines than are read',
    clause: 'budget of this program',
  },
  bodyShort: {
    code: 'HTTP-BODY-SHORT',
    severity: 'warning',
    title: 'The body is shorter than the message says',
    clause: 'RFC 9112 6.3',
    fix: 'Capture whole packets, and the connection to its end.',
  },
  chunk: {
    code: 'HTTP-CHUNK',
    severity: 'warning',
    title: 'The chunks of the body can not be followed to their end',
    clause: 'RFC 9112 7.1',
  },
  encoding: {
    code: 'HTTP-CONTENT-ENCODING',
    severity: 'warning',
    title: 'The body is encoded in a way that is not read',
    clause: 'RFC 9110 8.4',
  },
  damaged: {
    code: 'HTTP-COMPRESSED-DAMAGED',
    severity: 'warning',
    title: 'The compressed body can not be decompressed to its end',
    clause: 'RFC 1952; RFC 1950; RFC 1951',
  },
  large: {
    code: 'HTTP-COMPRESSED-LARGE',
    severity: 'warning',
    title: 'The compressed body holds more octets than are read',
    clause: 'budget of this program',
  },
  multipart: {
    code: 'MIME-MULTIPART',
    severity: 'warning',
    title: 'A multipart body can not be cut into its parts',
    clause: 'RFC 2046 5.1.1',
  },
  transfer: {
    code: 'MIME-TRANSFER-ENCODING',
    severity: 'warning',
    title: 'A part is written in a transfer encoding that is not read',
    clause: 'RFC 2045 6',
  },
  noType: {
    code: 'MIME-NO-CONTENT-TYPE',
    severity: 'warning',
    title: 'The entity does not say of what type it is',
    clause: 'RFC 2045 5',
    receivers: 'Receivers find no application for it and drop it.',
  },
});

export const http2Rules = rules({
  notRead: {
    code: 'HTTP2-NOT-READ',
    severity: 'note',
    title: 'A connection speaks HTTP/2; messages in it are not read',
    clause: 'RFC 9113 3.4',
  },
});
