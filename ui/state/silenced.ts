// Rules whose findings the user does not want to hear of, in lists or by `e` and `n`. They still count in reports and totals.

import { prefs, setPref } from './prefs.ts';

export const isSilenced = (code: string): boolean => prefs.value.silenced.includes(code);

export const silence = (code: string): void => {
  if (!prefs.peek().silenced.includes(code)) setPref('silenced', [...prefs.peek().silenced, code]);
};

export const unsilence = (code: string): void =>
  setPref(
    'silenced',
    prefs.peek().silenced.filter((c) => c !== code),
  );
