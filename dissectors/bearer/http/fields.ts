import { fields } from '../../base/fields.ts';

/** Fields of every message made of a start line, header lines and a body: HTTP, SIP, parts of multipart bodies. */
const lines = {
  header: { kind: 'text', label: 'Header', clause: 'RFC 9112 5' },
  secretHeader: { kind: 'text', label: 'Header with credentials', clause: 'RFC 9110 11.6', secret: true },
  noHeader: { kind: 'text', label: 'Line that is no header', clause: 'RFC 9112 5' },
  parameter: { kind: 'text', label: 'Parameter', clause: 'RFC 9110 5.6.6' },
  body: { kind: 'bytes', label: 'Body', clause: 'RFC 9112 6' },
} as const;

export const httpFields = fields('http', {
  ...lines,
  message: { kind: 'group', label: 'HTTP', clause: 'RFC 9112 2.1' },
  method: { kind: 'text', label: 'Method', clause: 'RFC 9110 9' },
  path: { kind: 'text', label: 'Path', clause: 'RFC 3986 3.3' },
  query: { kind: 'text', label: 'Query parameter', clause: 'RFC 3986 3.4; HTML, application/x-www-form-urlencoded' },
  secretQuery: { kind: 'text', label: 'Query parameter', secret: true },
  version: { kind: 'text', label: 'Version', clause: 'RFC 9112 2.3' },
  status: { kind: 'text', label: 'Status code', clause: 'RFC 9110 15' },
  reason: { kind: 'text', label: 'Reason phrase', clause: 'RFC 9112 4' },
  chunk: { kind: 'bytes', label: 'Chunk', clause: 'RFC 9112 7.1' },
  part: { kind: 'group', label: 'Part of a multipart body', clause: 'RFC 2046 5.1' },
});

export const entityFields = fields('entity', {
  ...lines,
  entity: { kind: 'group', label: 'Headers of the entity', clause: 'RFC 2045 3' },
});

export const sipFields = fields('sip', {
  ...lines,
  message: { kind: 'group', label: 'SIP', clause: 'RFC 3261 7' },
  method: { kind: 'text', label: 'Method', clause: 'RFC 3261 7.1' },
  path: { kind: 'text', label: 'Request-URI', clause: 'RFC 3261 7.1' },
  query: { kind: 'text', label: 'URI header', clause: 'RFC 3261 19.1.1' },
  secretQuery: { kind: 'text', label: 'URI header', secret: true },
  version: { kind: 'text', label: 'SIP-Version', clause: 'RFC 3261 7.1' },
  status: { kind: 'text', label: 'Status code', clause: 'RFC 3261 7.2' },
  reason: { kind: 'text', label: 'Reason phrase', clause: 'RFC 3261 7.2' },
  keepAlive: { kind: 'bytes', label: 'Keep-alive', clause: 'RFC 5626 3.5.1' },
  part: { kind: 'group', label: 'Part of a multipart body', clause: 'RFC 2046 5.1' },
});

/** What reading a message of this shape needs to name what it reads. */
export type LineFields = Pick<typeof httpFields, 'header' | 'secretHeader' | 'noHeader' | 'parameter' | 'body'>;
export type StartFields = LineFields &
  Pick<typeof httpFields, 'method' | 'path' | 'query' | 'secretQuery' | 'version' | 'status' | 'reason' | 'part'>;
