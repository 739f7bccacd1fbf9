// CIMD 8.0: operations, parameters and codes of the Nokia SMS centre's interface.

/** CIMD 8.0 4, operations; a response adds 50. */
export const OPERATIONS: Readonly<Record<number, string>> = {
  1: 'Login',
  2: 'Logout',
  3: 'Submit message',
  4: 'Enquire message status',
  5: 'Delivery request',
  6: 'Cancel message',
  8: 'Set message',
  9: 'Get message',
  20: 'Deliver message',
  23: 'Deliver status report',
  40: 'Alive',
  98: 'General error',
  99: 'Nack',
};

export const RESPONSE = 50;

/** CIMD 8.0 5, parameters by number. */
export const PARAMETERS: Readonly<Record<number, string>> = {
  10: 'User identity',
  11: 'Password',
  12: 'Subaddress',
  19: 'Window size',
  21: 'Destination address',
  23: 'Originating address',
  26: 'Originating IMSI',
  27: 'Alphanumeric originating address',
  28: 'Originated visited MSC',
  30: 'Data coding scheme',
  32: 'User data header',
  33: 'User data',
  34: 'User data, binary',
  44: 'More messages to send',
  50: 'Validity period, relative',
  51: 'Validity period, absolute',
  52: 'Protocol identifier',
  53: 'First delivery time, relative',
  54: 'First delivery time, absolute',
  55: 'Reply path',
  56: 'Status report request',
  58: 'Cancel enabled',
  59: 'Cancel mode',
  60: 'Service centre time stamp',
  61: 'Status code',
  62: 'Status error code',
  63: 'Discharge time',
  64: 'Tariff class',
  65: 'Service description',
  66: 'Message count',
  67: 'Priority',
  68: 'Delivery request mode',
  69: 'Service center address',
  500: 'Get parameter',
  501: 'SMS center time',
  900: 'Error code',
  901: 'Error text',
};

/** CIMD 8.0 6.1, error codes. */
export const ERRORS: Readonly<Record<number, string>> = {
  1: 'Unexpected operation',
  2: 'Syntax error',
  3: 'Unsupported parameter error',
  4: 'Connection to message center lost',
  5: 'No response from message center',
  6: 'General system error',
  7: 'Cannot find information',
  8: 'Parameter formatting error',
  9: 'Requested operation failed',
  10: 'Temporary congestion error',
  300: 'Incorrect destination address',
  301: 'Incorrect number of destination addresses',
  302: 'Syntax error in user data parameter',
  303: 'Incorrect bin/head/normal user data parameter combination',
  304: 'Incorrect data coding scheme parameter usage',
  305: 'Incorrect validity period parameters usage',
  306: 'Incorrect originator address usage',
  307: 'Incorrect PID parameter usage',
  308: 'Incorrect first delivery parameter usage',
  309: 'Incorrect reply path usage',
  310: 'Incorrect status report request parameter usage',
  311: 'Incorrect cancel enabled parameter usage',
  312: 'Incorrect priority parameter usage',
  313: 'Incorrect tariff class parameter usage',
  314: 'Incorrect service description parameter usage',
};

export const TEMPORARY: ReadonlySet<number> = new Set([4, 5, 6, 10]);

/** CIMD 8.0 6.3, status codes of a status report: state and words. */
export const STATUSES: Readonly<Record<number, readonly ['delivered' | 'failed' | 'pending' | 'unknown', string]>> = {
  0: ['unknown', 'No status available'],
  1: ['pending', 'In process'],
  2: ['failed', 'Validity period expired'],
  3: ['failed', 'Delivery failed'],
  4: ['delivered', 'Delivery successful'],
  5: ['unknown', 'No response'],
  6: ['pending', 'Last no response'],
  7: ['failed', 'Message cancelled'],
  8: ['failed', 'Message deleted'],
  9: ['failed', 'Message deleted by cancel'],
};
