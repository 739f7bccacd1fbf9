// 3GPP TS 23.040 9.2.3.9: TP-Protocol-Identifier.

const TELEMATIC: Readonly<Record<number, string>> = {
  0: 'implicit device type',
  1: 'telex',
  2: 'group 3 telefax',
  3: 'group 4 telefax',
  4: 'voice telephone',
  5: 'ERMES',
  6: 'national paging system',
  7: 'videotex',
  8: 'teletex, carrier unspecified',
  9: 'teletex, PSPDN',
  10: 'teletex, CSPDN',
  11: 'teletex, analog PSTN',
  12: 'teletex, digital ISDN',
  13: 'UCI',
  16: 'message handling facility',
  17: 'X.400 message handling system',
  18: 'Internet e-mail',
  31: 'GSM/UMTS mobile station',
};

const NETWORK: Readonly<Record<number, string>> = {
  64: 'short message type 0 (acknowledged and dropped)',
  72: 'device triggering short message',
  94: 'enhanced message service (obsolete)',
  95: 'return call message',
  124: 'ANSI-136 R-DATA',
  125: 'ME data download',
  126: 'ME de-personalization',
  127: '(U)SIM data download',
};

/** What a PID octet asks for. */
export function describePid(pid: number): string {
  if (pid < 0x20) return pid === 0 ? 'SME to SME' : `SME to SME protocol ${pid}`;
  if (pid < 0x40) return `telematic interworking: ${TELEMATIC[pid & 0x1f] ?? 'reserved or SC specific'}`;
  if (pid < 0x80) {
    const known = NETWORK[pid];
    if (known !== undefined) return known;
    return pid <= 0x47 ? `replace short message type ${pid - 0x40}` : 'reserved';
  }
  return pid < 0xc0 ? 'reserved' : 'SC specific use';
}
