import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Parcel } from './forgery.js';

/** The merchant must answer within this, or it counts as a failure. */
const ANSWER_WITHIN_MS = 5_000;
const MAX_SOCKETS = 64;

export interface SentAnswer {
  /** 0 when there was no answer. */
  readonly status: number;
  readonly body: string;
}

export interface Postman {
  post(url: string, parcel: Parcel): Promise<SentAnswer>;
  stop(): void;
}

/** Sends notices over kept-alive connections. Never rejects: no answer is an answer too. */
export function createPostman(): Postman {
  const http = new HttpAgent({ keepAlive: true, maxSockets: MAX_SOCKETS });
  const https = new HttpsAgent({ keepAlive: true, maxSockets: MAX_SOCKETS });
  return {
    post: (url, parcel) =>
      new Promise((resolve) => {
        const secure = url.startsWith('https:');
        const headers = {
          ...parcel.headers,
          'Content-Type': 'application/json',
          'Content-Length': String(Buffer.byteLength(parcel.body)),
          'User-Agent': 'Mozilla/4.0',
        };
        const failed = (): void => resolve({ status: 0, body: '' });
        const options = { method: 'POST', agent: secure ? https : http, headers };
        const request = (secure ? httpsRequest : httpRequest)(url, options, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
          );
          response.on('error', failed);
        });
        const timer = setTimeout(() => request.destroy(), ANSWER_WITHIN_MS);
        request.on('error', failed);
        request.on('close', () => {
          clearTimeout(timer);
          failed();
        });
        request.end(parcel.body);
      }),
    stop() {
      http.destroy();
      https.destroy();
    },
  };
}
