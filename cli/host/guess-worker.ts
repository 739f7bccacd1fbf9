// A thread that tries PINs.

import { parentPort } from 'node:worker_threads';
import { guessService, type ToGuessWorker } from '../../analysis/verify/guess/service.ts';

const serve = guessService();
parentPort?.on('message', (message: ToGuessWorker) => {
  const answer = serve(message);
  if (answer !== null) parentPort?.postMessage(answer);
});
