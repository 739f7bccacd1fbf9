// SMPP 3.4 5.1.2.1, SMPP 5.0 4.7.5: command identifiers, and which way they go.

export const RESPONSE = 0x8000_0000;

export const BIND_RECEIVER = 0x01;
export const BIND_TRANSMITTER = 0x02;
export const QUERY_SM = 0x03;
export const SUBMIT_SM = 0x04;
export const DELIVER_SM = 0x05;
const UNBIND = 0x06;
export const REPLACE_SM = 0x07;
export const CANCEL_SM = 0x08;
export const BIND_TRANSCEIVER = 0x09;
export const OUTBIND = 0x0b;
const ENQUIRE_LINK = 0x15;
export const SUBMIT_MULTI = 0x21;
export const ALERT_NOTIFICATION = 0x102;
export const DATA_SM = 0x103;
export const BROADCAST_SM = 0x111;
export const QUERY_BROADCAST_SM = 0x112;
export const CANCEL_BROADCAST_SM = 0x113;
export const GENERIC_NACK = 0x8000_0000;

const REQUESTS: Readonly<Record<number, string>> = {
  [BIND_RECEIVER]: 'bind_receiver',
  [BIND_TRANSMITTER]: 'bind_transmitter',
  [QUERY_SM]: 'query_sm',
  [SUBMIT_SM]: 'submit_sm',
  [DELIVER_SM]: 'deliver_sm',
  [UNBIND]: 'unbind',
  [REPLACE_SM]: 'replace_sm',
  [CANCEL_SM]: 'cancel_sm',
  [BIND_TRANSCEIVER]: 'bind_transceiver',
  [OUTBIND]: 'outbind',
  [ENQUIRE_LINK]: 'enquire_link',
  [SUBMIT_MULTI]: 'submit_multi',
  // SMPP 3.3 only.
  34: 'param_retrieve',
  35: 'query_last_msgs',
  36: 'query_msg_details',
  [ALERT_NOTIFICATION]: 'alert_notification',
  [DATA_SM]: 'data_sm',
  [BROADCAST_SM]: 'broadcast_sm',
  [QUERY_BROADCAST_SM]: 'query_broadcast_sm',
  [CANCEL_BROADCAST_SM]: 'cancel_broadcast_sm',
};

const UNANSWERED: ReadonlySet<number> = new Set([OUTBIND, ALERT_NOTIFICATION]);

function withResponses(): Record<number, string> {
  const out: Record<number, string> = { [GENERIC_NACK]: 'generic_nack' };
  for (const [key, name] of Object.entries(REQUESTS)) {
    const id = Number(key);
    out[id] = name;
    if (!UNANSWERED.has(id)) out[id + RESPONSE] = `${name}_resp`;
  }
  return out;
}

export const COMMAND_NAMES: Readonly<Record<number, string>> = withResponses();

/** Requests, then responses, by what is below their highest bit; none is above. */
const KNOWN = Uint8Array.from({ length: 0x400 }, (_, i) =>
  COMMAND_NAMES[i < 0x200 ? i : RESPONSE + i - 0x200] === undefined ? 0 : 1,
);

export function isKnown(id: number): boolean {
  const request = id >= RESPONSE ? id - RESPONSE : id;
  return request < 0x200 && KNOWN[id >= RESPONSE ? request + 0x200 : request] === 1;
}

/** SMPP 3.4 5.1.2: ranges kept for SMSC vendors. */
export const isVendor = (id: number): boolean => {
  const request = id >= RESPONSE ? id - RESPONSE : id;
  return request >= 0x0001_0200 && request <= 0x0001_02ff;
};

export const commandName = (id: number): string =>
  COMMAND_NAMES[id] ?? `command 0x${id.toString(16).toUpperCase().padStart(8, '0')}`;

/** The largest message_payload and 254 destinations fit. */
export const MAX_PDU = 0x2_0000;

type Bounds = readonly [least: number, most: number];
const HEADER = 16;
const BIND: Bounds = [HEADER + 7, HEADER + 512];
const MESSAGE: Bounds = [HEADER + 17, MAX_PDU];
const EMPTY: Bounds = [HEADER, HEADER + 64];
const REPLY: Bounds = [HEADER, HEADER + 4096];
const ANY: Bounds = [HEADER, MAX_PDU];
const BOUNDS: ReadonlyMap<number, Bounds> = new Map<number, Bounds>([
  [BIND_RECEIVER, BIND],
  [BIND_TRANSMITTER, BIND],
  [BIND_TRANSCEIVER, BIND],
  [SUBMIT_MULTI, [HEADER + 16, MAX_PDU]],
  [DATA_SM, [HEADER + 10, MAX_PDU]],
  [QUERY_SM, [HEADER + 4, HEADER + 512]],
  [CANCEL_SM, [HEADER + 8, HEADER + 512]],
  [REPLACE_SM, [HEADER + 9, HEADER + 1024]],
  [BROADCAST_SM, [HEADER + 10, MAX_PDU]],
  [ALERT_NOTIFICATION, [HEADER + 6, HEADER + 512]],
  [OUTBIND, [HEADER + 2, HEADER + 512]],
  [UNBIND, EMPTY],
  [ENQUIRE_LINK, EMPTY],
  [SUBMIT_MULTI + RESPONSE, [HEADER, HEADER + 12_000]],
]);

/** Fewest octets of a PDU, header included, and the most that make sense. */
export function lengthBounds(id: number): Bounds {
  if (id === SUBMIT_SM || id === DELIVER_SM) return MESSAGE;
  return BOUNDS.get(id) ?? (id >= RESPONSE ? REPLY : ANY);
}

/** 'esme': only a client sends it; 'smsc': only the message centre does; null: both may. */
export function sentBy(id: number): 'esme' | 'smsc' | null {
  switch (id >= RESPONSE ? id - RESPONSE : id) {
    case BIND_RECEIVER:
    case BIND_TRANSMITTER:
    case BIND_TRANSCEIVER:
    case SUBMIT_SM:
    case SUBMIT_MULTI:
    case QUERY_SM:
    case CANCEL_SM:
    case REPLACE_SM:
    case BROADCAST_SM:
    case QUERY_BROADCAST_SM:
    case CANCEL_BROADCAST_SM:
      return id >= RESPONSE ? 'smsc' : 'esme';
    case DELIVER_SM:
      return id >= RESPONSE ? 'esme' : 'smsc';
    case ALERT_NOTIFICATION:
    case OUTBIND:
      return 'smsc';
    default:
      return null;
  }
}
