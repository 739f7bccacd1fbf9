// Starts the page.

import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/shell.css';
import './styles/filter.css';
import './styles/timeline.css';
import './styles/ladder.css';
import './styles/list.css';
import './styles/device.css';
import './styles/inspector.css';
import './styles/way.css';
import './styles/verify.css';
import './styles/octets.css';
import './styles/review.css';
import './styles/overview.css';
import './styles/compare.css';
import './styles/commands.css';
import './styles/drawer.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { followCompare } from './compare/state.ts';
import { followDevice } from './device/state.ts';
import { followOverview } from './overview/state.ts';
import { followReview } from './review/state.ts';
import { bindKeys } from './shell/bind-keys.ts';
import { Shell } from './shell/shell.tsx';
import { followAddress } from './state/address.ts';
import { followLanes } from './state/arrange.ts';
import { followBookmarks } from './state/bookmarks.ts';
import { COMMANDS, dialog } from './state/commands.ts';
import { followFilter } from './state/filter.ts';
import { followFindings } from './state/findings.ts';
import { followFrames } from './state/frames.ts';
import { followLadder } from './state/ladder.ts';
import { followLog } from './state/log.ts';
import { keepPrefs } from './state/prefs.ts';
import { followSelection } from './state/selection.ts';
import { bridge, connect, progress, status } from './state/session.ts';
import { followTable } from './state/table.ts';
import { followTheme } from './timeline/ink.ts';

keepPrefs();
followTheme();
followSelection();
followBookmarks();
followFilter();
followFindings();
followFrames();
followLog();
followTable();
followDevice();
followReview();
followOverview();
followCompare();
followLanes();
followLadder();
connect();
void followAddress();
bindKeys();

effect(() => {
  const names = status.value.inputs.map((i) => i.name);
  const p = progress.value;
  const share = p === null || p.total === null || p.total === 0 ? '' : `${Math.floor((p.consumed / p.total) * 100)} % `;
  const title = names.length === 0 ? 'otascope' : `${share}${names.join(', ')} – otascope`;
  document.title = title;
  bridge?.setTitle(title);
});

// The window's menu.
bridge?.onShow((what) => {
  if (what === 'paste') dialog.value = what;
  else COMMANDS[what]();
});

const root = document.getElementById('app');
if (root !== null) render(<Shell />, root);
