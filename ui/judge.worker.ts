// A worker that says what messages mean.

import { judgeService } from '../analysis/engine/workers/serve.ts';
import type { FromThread, ToThread } from '../analysis/engine/workers/task.ts';

interface Port {
  postMessage(message: FromThread): void;
  addEventListener(type: 'message', listener: (e: { readonly data: ToThread }) => void): void;
}

const port = self as unknown as Port;
const serve = judgeService();
port.addEventListener('message', (e) => port.postMessage(serve(e.data)));
