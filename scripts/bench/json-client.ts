import { Agent, request } from 'node:http';

/** Posts JSON over kept-alive connections, with as little work of its own as node allows. */
export function createJsonClient(sockets: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  return {
    post<Answer>(url: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
      const text = JSON.stringify(body);
      return new Promise((resolve, reject) => {
        const asked = request(
          url,
          {
            method: 'POST',
            agent,
            headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers },
          },
          (answer) => {
            const chunks: Buffer[] = [];
            answer.on('data', (chunk: Buffer) => chunks.push(chunk));
            answer.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Answer));
            answer.on('error', reject);
          },
        );
        asked.on('error', reject);
        asked.end(text);
      });
    },
    stop: () => agent.destroy(),
  };
}

export type JsonClient = ReturnType<typeof createJsonClient>;
