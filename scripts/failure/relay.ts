import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between provider and zone: the way of a notice that can be cut after the zone has answered. */
export interface Relay {
  readonly url: string;
  /** Where notices go on to. */
  forwardTo(url: string): void;
  /** While true the zone's answers do not reach the provider. */
  swallow: boolean;
  /** What the zone answered since the last look, in order; `cut` where it hung up. */
  readonly answers: (number | 'cut')[];
  stop(): Promise<void>;
}

export async function startRelay(): Promise<Relay> {
  let target = '';
  const answers: Relay['answers'] = [];
  const server = createServer((incoming, outgoing) => pass(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const relay: Relay = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices`,
    forwardTo: (url) => void (target = url),
    swallow: false,
    answers,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const cut = (): void => {
      answers.push('cut');
      outgoing.destroy();
    };
    // No agent: a connection kept to a zone that was killed would fail the first notice after its restart.
    const forwarded = request(target, { method: 'POST', headers: incoming.headers, agent: false }, (answer) => {
      answers.push(answer.statusCode ?? 0);
      if (relay.swallow) {
        answer.resume();
        outgoing.destroy();
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.once('error', cut);
    incoming.pipe(forwarded);
  }
  return relay;
}
