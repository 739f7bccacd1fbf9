// Which settings are secrets: they are masked in every output unless asked for.

const SECRETS: ReadonlySet<string> = new Set([
  'AUTHSECRET',
  'AAUTHSECRET',
  'AAUTHDATA',
  'PXAUTH-PW',
  'BASAUTH-PW',
  'PROXY-PW',
  'PASSWORD',
  'WPA-PRES-KEY-ASC',
  'WPA-PRES-KEY-HEX',
  'WEPKEY',
  // DATA of a WEPKEY characteristic
  'DATA',
  // Nokia/Ericsson OTA settings
  'PPP_AUTHSECRET',
  'PROXY_AUTHSECRET',
]);

/** Is the value of this parm a password or key? Names in any case: receivers differ in that, too. */
export const isSecretParm = (name: string): boolean => SECRETS.has(name.toUpperCase());
