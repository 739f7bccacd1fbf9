// Documents for examples, from their parts.

export interface Example {
  readonly code: string;
  readonly passes: string;
  readonly fails: string;
  /** Other rules that the failing document breaks as well. */
  readonly also?: readonly string[];
}

type Values = Readonly<Record<string, string | readonly string[] | null>>;

export const parms = (values: Values): string =>
  Object.entries(values)
    .flatMap(([name, v]) => (Array.isArray(v) ? v.map((one: string) => [name, one] as const) : [[name, v] as const]))
    .map(([name, v]) => (v === null ? `<parm name="${name}"/>` : `<parm name="${name}" value="${v as string}"/>`))
    .join('');

export const of = (type: string, values: Values, ...inside: readonly string[]): string =>
  `<characteristic type="${type}">${parms(values)}${inside.join('')}</characteristic>`;

export const doc = (...inside: readonly string[]): string =>
  `<wap-provisioningdoc version="1.0">${inside.join('')}</wap-provisioningdoc>`;

export const GPRS = {
  BEARER: 'GSM-GPRS',
  NAME: 'Internet',
  'NAP-ADDRESS': 'internet.example',
  'NAP-ADDRTYPE': 'APN',
} as const;
export const nap = (over: Values = {}, ...inside: readonly string[]): string =>
  of('NAPDEF', { NAPID: 'N1', ...GPRS, ...over }, ...inside);
export const physical = (over: Values = {}, ...inside: readonly string[]): string =>
  of(
    'PXPHYSICAL',
    { 'PHYSICAL-PROXY-ID': 'F1', PXADDR: '192.0.2.1', PXADDRTYPE: 'IPV4', 'TO-NAPID': 'N1', ...over },
    ...inside,
  );
export const proxy = (over: Values = {}, ...inside: readonly string[]): string =>
  of('PXLOGICAL', { 'PROXY-ID': 'P1', NAME: 'Proxy', ...over }, ...(inside.length === 0 ? [physical()] : inside));
export const app = (appId: string, over: Values = {}, ...inside: readonly string[]): string =>
  of('APPLICATION', { APPID: appId, 'TO-NAPID': 'N1', ...over }, ...inside);
export const port = (number: string) => of('PORT', { PORTNBR: number });
export const address = of('APPADDR', { ADDR: 'mail.example' }, port('110'));
export const named = of('BOOTSTRAP', { NAME: 'Example Mobile' });
