// Numbers in ordinary texts that may be PINs.

import type { PinNotice } from './message.ts';

const MOST_DIGITS = 4;

const NUMBERS = /(?<![\d+])\d{4,20}(?!\d)/g;
const NAMES =
  /\b(pins?|pin-?code|code|password|passcode|passwort|kennwort|kode|kod|código|codigo|clave|contraseña|mot de passe|senha|parola|hasło|mật khẩu)\b|пин|код|パスワード|暗証|密码|密碼/iu;

/** What a text tells; null where no number in it may be a PIN. */
export function noticeIn(text: string): Pick<PinNotice, 'digits' | 'names'> | null {
  const digits = [...new Set(text.match(NUMBERS) ?? [])].slice(0, MOST_DIGITS);
  return digits.length === 0 ? null : { digits, names: NAMES.test(text) };
}

/** Numbers are written in more than one way on the roads between gateways. */
export const phoneKey = (name: string | null): string => name?.replace(/^(\+|00)(?=\d)/, '') ?? '';
