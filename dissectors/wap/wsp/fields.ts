import { fields } from '../../base/fields.ts';
import { PDU_TYPES, SEC_NAMES } from './names.ts';

const SPEC = 'WAP-230-WSP';

export const f = fields('wsp', {
  transactionId: { kind: 'u8', label: 'Transaction identifier', hex: true, clause: `${SPEC} 8.2.1` },
  pduType: { kind: 'u8', label: 'PDU type', hex: true, names: PDU_TYPES, clause: `${SPEC} 8.2.1` },
  headersLength: { kind: 'uintvar', label: 'Headers length', unit: 'octets', clause: `${SPEC} 8.2.4.1` },
  headers: { kind: 'group', label: 'Headers', clause: `${SPEC} 8.4` },
  contentType: { kind: 'group', label: 'Content type', clause: `${SPEC} 8.4.2.24` },
  valueLength: { kind: 'uintvar', label: 'Value length', unit: 'octets', clause: `${SPEC} 8.4.2.2` },
  mediaType: { kind: 'text', label: 'Media type', clause: `${SPEC} 8.4.2.24` },
  parameter: { kind: 'group', label: 'Parameter', clause: `${SPEC} 8.4.2.4` },
  parameterName: { kind: 'text', label: 'Name', clause: `${SPEC} table 38` },
  parameterValue: { kind: 'text', label: 'Value', clause: `${SPEC} 8.4.2.4` },
  sec: {
    kind: 'u8',
    label: 'SEC',
    names: Object.fromEntries(SEC_NAMES.map((n, i) => [i, n])),
    clause: 'OMA-WAP-TS-ProvBoot-V1_1 6',
  },
  mac: { kind: 'text', label: 'MAC', clause: 'OMA-WAP-TS-ProvBoot-V1_1 6' },
  header: { kind: 'group', label: 'Header', clause: `${SPEC} 8.4.2.6` },
  headerName: { kind: 'text', label: 'Name', clause: `${SPEC} table 39` },
  headerValue: { kind: 'text', label: 'Value', clause: `${SPEC} 8.4.2` },
  headerSecret: { kind: 'text', label: 'Value', secret: true, clause: `${SPEC} 8.4.2` },
  codePage: { kind: 'u8', label: 'Header code page', clause: `${SPEC} 8.4.2.6` },
  garbage: { kind: 'bytes', label: 'No header' },
  // The other PDU types
  version: { kind: 'u8', label: 'Version', hex: true, clause: `${SPEC} 8.2.2.1` },
  sessionId: { kind: 'uintvar', label: 'Session identifier', clause: `${SPEC} 8.2.2` },
  capabilitiesLength: { kind: 'uintvar', label: 'Capabilities length', unit: 'octets', clause: `${SPEC} 8.2.2.1` },
  capabilities: { kind: 'bytes', label: 'Capabilities', clause: `${SPEC} 8.3` },
  status: { kind: 'u8', label: 'Status', hex: true, clause: `${SPEC} table 36` },
  uriLength: { kind: 'uintvar', label: 'URI length', unit: 'octets', clause: `${SPEC} 8.2.3.1` },
  uri: { kind: 'text', label: 'URI', clause: `${SPEC} 8.2.3.1` },
  flags: { kind: 'u8', label: 'Flags', hex: true, clause: `${SPEC} 8.2.2.3` },
  addressesLength: { kind: 'uintvar', label: 'Redirect addresses length', unit: 'octets', clause: `${SPEC} 8.2.2.3` },
  addresses: { kind: 'bytes', label: 'Redirect addresses', clause: `${SPEC} 8.2.2.3` },
  body: { kind: 'bytes', label: 'Body', clause: `${SPEC} 8.2.4.1` },
});
