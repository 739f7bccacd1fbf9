// How a characteristic and its parms are described.

/** Exactly one, at most one, any number, at least one. */
export type Occurs = '1' | '?' | '*' | '+';

/** 'flag': its presence is its value. 'opaque': any text, and it may be empty. */
export type ParmType = 'text' | 'number' | 'hex' | 'flag' | 'opaque';

export interface ParmModel {
  readonly occurs: Occurs;
  readonly type: ParmType;
  /** Of numbers. */
  readonly most?: number;
  /** Every value the standard knows. */
  readonly values?: readonly string[];
  /** What receivers take where the parm is missing. */
  readonly default?: string;
}

export interface CharacteristicModel {
  readonly parms: Readonly<Record<string, ParmModel>>;
  readonly characteristics: Readonly<Record<string, Occurs>>;
  /** Holds parms that the standard leaves to vendors or applications. */
  readonly open?: boolean;
  /** Came with version 1.1: receivers of 1.0 alone pass over it. */
  readonly later?: boolean;
}

export const text = (occurs: Occurs, values?: readonly string[], standard?: string): ParmModel => ({
  occurs,
  type: 'text',
  ...(values === undefined ? {} : { values }),
  ...(standard === undefined ? {} : { default: standard }),
});

export const number = (occurs: Occurs, most = 0xffffffff, standard?: string): ParmModel => ({
  occurs,
  type: 'number',
  most,
  ...(standard === undefined ? {} : { default: standard }),
});

export const FLAG: ParmModel = { occurs: '?', type: 'flag' };
export const HEX: ParmModel = { occurs: '?', type: 'hex' };

export const all = (names: string, model: ParmModel): Record<string, ParmModel> =>
  Object.fromEntries(names.split(' ').map((n) => [n, model]));
