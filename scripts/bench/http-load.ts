import { type Socket, connect } from 'node:net';

export interface Answer {
  readonly status: number;
  /** Of the body as it came over the wire. */
  readonly bodyBytes: number;
}

/** Sends one and the same request over kept-alive sockets, one at a time on each. */
export interface HttpLoad {
  ask(): Promise<Answer>;
  stop(): void;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const CHUNKS_END = '0\r\n\r\n';

/**
 * node's own HTTP client costs more than the answers that are measured here, so this one only writes ready bytes and
 * looks for where the answer ends. It knows Content-Length and chunks, and nothing else of HTTP.
 */
export async function createHttpLoad(input: { port: number; request: Buffer; sockets: number }): Promise<HttpLoad> {
  const sockets = await Promise.all(Array.from({ length: input.sockets }, () => open(input.port)));
  const idle = [...sockets];
  return {
    async ask() {
      const socket = idle.pop();
      if (!socket) throw new Error('more requests at once than sockets');
      if (socket.destroyed) throw new Error('the server closed a resting connection');
      try {
        return await exchange(socket, input.request);
      } finally {
        idle.push(socket);
      }
    },
    stop() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

export function postJson(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Buffer {
  const text = JSON.stringify(body);
  const lines = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/json',
    'accept: application/json',
    `content-length: ${Buffer.byteLength(text)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}`);
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return socket;
}

function exchange(socket: Socket, request: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    const end = (finish: () => void): void => {
      socket.off('data', take).off('close', broke);
      finish();
    };
    const broke = (): void => end(() => reject(new Error('the server closed the connection')));
    const take = (data: Buffer): void => {
      received = received.length === 0 ? data : Buffer.concat([received, data]);
      const answer = wholeAnswer(received);
      if (answer) end(() => resolve(answer));
    };
    socket.on('data', take).once('close', broke);
    socket.write(request);
  });
}

/** Null until all of it is there. */
function wholeAnswer(received: Buffer): Answer | null {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd < 0) return null;
  const head = received.toString('latin1', 0, headEnd);
  const status = Number(head.slice(9, 12));
  const bodyBytes = received.length - headEnd - HEAD_END.length;
  const length = /content-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return bodyBytes >= Number(length) ? { status, bodyBytes } : null;
  return received.toString('latin1', received.length - CHUNKS_END.length) === CHUNKS_END ? { status, bodyBytes } : null;
}
