// A line of XML cut into what it is made of, for colouring. Not a parser: whatever it can't place is text.

export interface XmlToken {
  readonly kind: 'tag' | 'name' | 'value' | 'text' | 'comment';
  readonly text: string;
}

const PIECES =
  /(<!--[\s\S]*?(?:-->|$))|(<[/?!]?[\w:.-]*|[/?]?>)|([\w:.-]+)(?==)|("[^"]*"?|'[^']*'?)|([^<>"'\w]+|[\w:.-]+)/g;

/** The pieces of `line`; joined they give it back. */
export function xmlTokens(line: string): XmlToken[] {
  const out: XmlToken[] = [];
  let inTag = false;
  let at = 0;
  for (const m of line.matchAll(PIECES)) {
    if (m.index > at) out.push({ kind: 'text', text: line.slice(at, m.index) });
    at = m.index + m[0].length;
    const [text, comment, tag, name, value] = m;
    if (comment !== undefined) out.push({ kind: 'comment', text });
    else if (tag !== undefined) {
      inTag = text.startsWith('<') ? text.length > 1 : inTag && !text.endsWith('>');
      out.push({ kind: 'tag', text });
    } else if (name !== undefined && inTag) out.push({ kind: 'name', text });
    else if (value !== undefined && inTag) out.push({ kind: 'value', text });
    else out.push({ kind: 'text', text });
  }
  if (at < line.length) out.push({ kind: 'text', text: line.slice(at) });
  return out;
}
