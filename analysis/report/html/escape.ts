// Text of a capture within HTML: nothing in it is markup, runs, or turns the text around it.

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Controls, and signs that have no picture or change the direction of what follows; they are shown by number. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const byNumber = (c: string): string => `‹U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`;

/** For text and for attributes in double quotes. */
export const escaped = (text: string): string =>
  text.replace(UNSEEN, byNumber).replace(/[&<>"']/g, (c) => ENTITIES[c]!);

/** Text somebody else chose: apart from what stands around it, whatever its direction. */
export const isolated = (text: string): string => `<bdi>${escaped(text)}</bdi>`;
