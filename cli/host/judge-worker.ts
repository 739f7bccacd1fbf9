// A thread that says what messages mean.

import { parentPort } from 'node:worker_threads';
import { judgeService } from '../../analysis/engine/workers/serve.ts';
import type { ToThread } from '../../analysis/engine/workers/task.ts';

const serve = judgeService();
parentPort?.on('message', (task: ToThread) => parentPort?.postMessage(serve(task)));
