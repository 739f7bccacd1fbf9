// SMPP 3.4 5.3.2, SMPP 5.0 4.8.4: optional parameters.

import { MESSAGE_STATES } from './values.ts';

type ValueKind = 'uint' | 'text' | 'octets';

export interface TlvSpec {
  readonly name: string;
  readonly kind: ValueKind;
  /** Octets of the value where there is one right number; text has a NUL at its end. */
  readonly length?: number;
  readonly names?: Readonly<Record<number, string>>;
}

const uint = (name: string, length: number, names?: Readonly<Record<number, string>>): TlvSpec =>
  names === undefined ? { name, kind: 'uint', length } : { name, kind: 'uint', length, names };
const text = (name: string): TlvSpec => ({ name, kind: 'text' });
const octets = (name: string, length?: number): TlvSpec =>
  length === undefined ? { name, kind: 'octets' } : { name, kind: 'octets', length };

export const TLV = {
  destAddrSubunit: 0x0005,
  receiptedMessageId: 0x001e,
  sourcePort: 0x020a,
  destinationPort: 0x020b,
  sarMsgRefNum: 0x020c,
  sarTotalSegments: 0x020e,
  sarSegmentSeqnum: 0x020f,
  networkErrorCode: 0x0423,
  messagePayload: 0x0424,
  messageState: 0x0427,
} as const;

const SUBUNITS = { 0: 'unknown', 1: 'MS display', 2: 'mobile equipment', 3: 'smart card', 4: 'external unit' };
const NETWORKS = {
  0: 'unknown',
  1: 'GSM',
  2: 'ANSI-136/TDMA',
  3: 'IS-95/CDMA',
  4: 'PDC',
  5: 'PHS',
  6: 'iDEN',
  7: 'AMPS',
  8: 'paging network',
};
const BEARERS = {
  0: 'unknown',
  1: 'SMS',
  2: 'circuit switched data',
  3: 'packet data',
  4: 'USSD',
  5: 'CDPD',
  6: 'DataTAC',
  7: 'FLEX/ReFLEX',
  8: 'cell broadcast',
};
const PRESENCE = { 0: 'no', 1: 'yes' };
const FAILURES = {
  0: 'destination unavailable',
  1: 'destination address invalid',
  2: 'permanent network error',
  3: 'temporary network error',
};

export const TLV_SPECS: Readonly<Record<number, TlvSpec>> = {
  5: uint('dest_addr_subunit', 1, SUBUNITS),
  6: uint('dest_network_type', 1, NETWORKS),
  7: uint('dest_bearer_type', 1, BEARERS),
  8: uint('dest_telematics_id', 2),
  13: uint('source_addr_subunit', 1, SUBUNITS),
  14: uint('source_network_type', 1, NETWORKS),
  15: uint('source_bearer_type', 1, BEARERS),
  16: uint('source_telematics_id', 1),
  23: uint('qos_time_to_live', 4),
  25: uint('payload_type', 1, { 0: 'default (WDP)', 1: 'WCMP' }),
  29: text('additional_status_info_text'),
  30: text('receipted_message_id'),
  48: uint('ms_msg_wait_facilities', 1),
  257: uint('PVCY_AuthenticationStr', 1),
  513: uint('privacy_indicator', 1, { 0: 'not restricted', 1: 'restricted', 2: 'confidential', 3: 'secret' }),
  514: octets('source_subaddress'),
  515: octets('dest_subaddress'),
  516: uint('user_message_reference', 2),
  517: uint('user_response_code', 1),
  522: uint('source_port', 2),
  523: uint('destination_port', 2),
  524: uint('sar_msg_ref_num', 2),
  525: uint('language_indicator', 1, {
    0: 'unspecified',
    1: 'English',
    2: 'French',
    3: 'Spanish',
    4: 'German',
    5: 'Portuguese',
  }),
  526: uint('sar_total_segments', 1),
  527: uint('sar_segment_seqnum', 1),
  528: uint('sc_interface_version', 1),
  770: uint('callback_num_pres_ind', 1),
  771: octets('callback_num_atag'),
  772: uint('number_of_messages', 1),
  897: octets('callback_num'),
  1056: uint('dpf_result', 1, { 0: 'DPF not set', 1: 'DPF set' }),
  1057: uint('set_dpf', 1, { 0: 'not requested', 1: 'requested' }),
  1058: uint('ms_availability_status', 1, { 0: 'available', 1: 'denied', 2: 'unavailable' }),
  1059: octets('network_error_code', 3),
  1060: octets('message_payload'),
  1061: uint('delivery_failure_reason', 1, FAILURES),
  1062: uint('more_messages_to_send', 1, PRESENCE),
  1063: uint('message_state', 1, MESSAGE_STATES),
  1064: uint('congestion_state', 1),
  1281: uint('ussd_service_op', 1),
  1536: uint('broadcast_channel_indicator', 1, { 0: 'basic', 1: 'extended' }),
  1537: octets('broadcast_content_type', 3),
  1538: octets('broadcast_content_type_info'),
  1539: uint('broadcast_message_class', 1),
  1540: uint('broadcast_rep_num', 2),
  1541: octets('broadcast_frequency_interval', 3),
  1542: octets('broadcast_area_identifier'),
  1543: octets('broadcast_error_status', 4),
  1544: uint('broadcast_area_success', 1),
  1545: text('broadcast_end_time'),
  1546: octets('broadcast_service_group'),
  1547: octets('billing_identification'),
  1549: text('source_network_id'),
  1550: text('dest_network_id'),
  1551: text('source_node_id'),
  1552: text('dest_node_id'),
  1553: octets('dest_addr_np_resolution', 1),
  1554: octets('dest_addr_np_information', 10),
  1555: octets('dest_addr_np_country'),
  4609: uint('display_time', 1, { 0: 'temporary', 1: 'default', 2: 'invoke' }),
  4611: uint('sms_signal', 2),
  4612: uint('ms_validity', 1),
  4876: octets('alert_on_message_delivery'),
  4992: uint('its_reply_type', 1),
  4995: uint('its_session_info', 2),
};

export function tlvName(tag: number): string {
  const spec = TLV_SPECS[tag];
  if (spec !== undefined) return spec.name;
  return tag >= 0x1400 && tag <= 0x3fff ? 'vendor specific' : 'reserved';
}

export const TLV_NAMES: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(TLV_SPECS).map(([tag, spec]) => [tag, spec.name]),
);
