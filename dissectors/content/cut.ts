// Findings that only say that octets are missing at the end.

/**
 * Codes of findings that a message cut short brings about by itself. Where parts are known to be missing they are
 * not the sender's fault and need not be shown.
 */
export const CUT_CODES: ReadonlySet<string> = new Set([
  'BASE-TRUNCATED',
  'WSP-TRUNCATED',
  'WSP-HEADERS-LONG',
  'WSP-VALUE-LENGTH',
  'WSP-UNTERMINATED-TEXT',
  'WSP-MAC-TERMINATOR',
  'WBXML-EMPTY',
  'WBXML-TRUNCATED',
  'WBXML-UNTERMINATED-STRING',
  'WBXML-HUGE-STRING-TABLE',
  'XML-EMPTY',
  'XML-NO-ROOT',
  'XML-TRUNCATED',
  'MMS-TRUNCATED',
  'MMS-MISSING-FIELD',
  'SIA-LENGTH',
  'DM-NOTIFICATION-SHORT',
  'SUPL-LENGTH',
]);
