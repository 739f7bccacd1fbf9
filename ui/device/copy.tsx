// A button that copies settings as a table.

import { Icon } from '../parts/icon.tsx';
import { Menu } from '../parts/menu.tsx';
import { copied, copyTable } from './state.ts';

export interface CopyProps {
  readonly what: { readonly message: string } | { readonly subscriber: string; readonly step: number };
  /** Passwords as they are; otherwise masked. */
  readonly secrets: boolean;
}

export function CopyTable({ what, secrets }: CopyProps) {
  const item = (label: string, hint: string, format: 'tsv' | 'md') => ({
    label,
    hint,
    onChoose: () => void copyTable(what, format, secrets),
  });
  return (
    <span class="copy-table">
      {copied.value !== null && <small>{copied.value}</small>}
      <Menu
        label="Copy as a table"
        class="copy-menu"
        align="right"
        items={[item('For a spreadsheet', 'TSV', 'tsv'), item('For a ticket or a wiki', 'Markdown', 'md')]}
      >
        <Icon name="copy" />
        Copy
      </Menu>
    </span>
  );
}
