import { Agent as HttpAgent, type IncomingHttpHeaders, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: Buffer;
}

export interface HttpCaller {
  call(input: {
    method: 'GET' | 'POST';
    /** Path and query, appended to the origin. */
    target: string;
    headers: Readonly<Record<string, string>>;
    body: string;
    timeoutMs: number;
    /** The longest answer that is read; usual ones are short. */
    mostBytes?: number;
  }): Promise<HttpAnswer>;
  stop(): void;
}

/** Enough for the busiest hour; more would only queue at the provider's own limits. */
const MAX_SOCKETS = 128;
/** The provider's answers are a few kB; its certificate list about 10. */
const MAX_ANSWER_BYTES = 256 * 1024;

/** Plain requests over kept-alive connections. Rejects when there is no whole answer in time. */
export function createHttpCaller(origin: string): HttpCaller {
  const secure = origin.startsWith('https:');
  const settings = { keepAlive: true, maxSockets: MAX_SOCKETS, scheduling: 'lifo' } as const;
  const agent = secure ? new HttpsAgent(settings) : new HttpAgent(settings);
  const start = secure ? httpsRequest : httpRequest;
  return {
    call: ({ method, target, headers, body, timeoutMs, mostBytes = MAX_ANSWER_BYTES }) =>
      new Promise((resolve, reject) => {
        const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
        const request = start(`${origin}${target}`, { method, agent, headers: { ...headers, ...length } });
        const timer = setTimeout(() => request.destroy(new Error('no answer in time')), timeoutMs);
        request.once('close', () => clearTimeout(timer));
        request.on('error', reject);
        request.once('response', (response) => {
          readAnswer(response, mostBytes).then(resolve, reject);
        });
        request.end(body);
      }),
    stop: () => agent.destroy(),
  };
}

async function readAnswer(response: IncomingMessage, mostBytes: number): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let lengthBytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    lengthBytes += chunk.length;
    if (lengthBytes > mostBytes) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return { status: response.statusCode ?? 0, headers: response.headers, rawBody: Buffer.concat(chunks) };
}
