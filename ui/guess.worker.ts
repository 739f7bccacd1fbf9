// A worker that tries PINs, for pages without a server.

import { type FromGuessWorker, guessService, type ToGuessWorker } from '../analysis/verify/guess/service.ts';

interface Port {
  postMessage(message: FromGuessWorker): void;
  addEventListener(type: 'message', listener: (e: { readonly data: ToGuessWorker }) => void): void;
}

const port = self as unknown as Port;
const serve = guessService();

port.addEventListener('message', (e) => {
  const answer = serve(e.data);
  if (answer !== null) port.postMessage(answer);
});
