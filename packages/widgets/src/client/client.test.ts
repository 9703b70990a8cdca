import { describe, expect, it } from '@jest/globals';
import { createClient, graphql } from './index.js';
import { readEvents } from './sse.js';

const Ask = graphql(`
  query Ask {
    zone {
      purchaseCount
    }
  }
`);

const streamOf = (...pieces: string[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });

describe('documents', () => {
  it('bring the text of each fragment once', () => {
    const Name = graphql(`
      fragment Name on County {
        name
      }
    `);
    const Two = graphql(
      `
        query Two {
          counties {
            ...Name
          }
        }
      `,
      [Name, Name],
    );
    expect((Two as unknown as { text: string }).text.match(/fragment Name/g)).toHaveLength(1);
  });
});

describe('requests', () => {
  const clientWith = (answers: Response[], tokens: string[] = ['one', 'two']) => {
    const sent: (string | null)[] = [];
    let asked = 0;
    const client = createClient({
      endpoint: () => '/graphql',
      token: () => () => tokens[asked++],
      fetch: (_, init) => {
        sent.push(new Headers(init?.headers).get('authorization'));
        const answer = answers.shift();
        return answer ? Promise.resolve(answer) : Promise.reject(new TypeError('no network'));
      },
    });
    return { client, sent };
  };
  const refused = () =>
    Response.json({ errors: [{ message: 'expired', extensions: { code: 'UNAUTHENTICATED' } }] }, { status: 401 });

  it('are tried once more with a fresh token, and only once', async () => {
    const good = clientWith([refused(), Response.json({ data: { zone: { purchaseCount: 3 } } })]);
    expect(await good.client.send(Ask, {})).toEqual({ zone: { purchaseCount: 3 } });
    expect(good.sent).toEqual(['Bearer one', 'Bearer two']);
    const bad = clientWith([refused(), refused(), refused()]);
    await expect(bad.client.send(Ask, {})).rejects.toMatchObject({ kind: 'signed-out' });
    expect(bad.sent).toHaveLength(2);
  });

  it('tell a lost network from a broken server from a closed door', async () => {
    await expect(clientWith([]).client.send(Ask, {})).rejects.toMatchObject({ kind: 'offline' });
    const html = new Response('<html>', { status: 502, headers: { 'x-request-id': 'r1' } });
    await expect(clientWith([html]).client.send(Ask, {})).rejects.toMatchObject({ kind: 'server', requestId: 'r1' });
    const denied = Response.json({ errors: [{ message: '', extensions: { code: 'NOT_ALLOWED' } }] });
    await expect(clientWith([denied]).client.send(Ask, {})).rejects.toMatchObject({ kind: 'denied' });
  });

  it('follow a stream until it is complete', async () => {
    const body = streamOf(
      ':\n\nevent: next\ndata: {"data":{"zone":{"purcha',
      'seCount":1}}}\n\nevent: complete\ndata:\n\n',
    );
    const { client } = clientWith([new Response(body, { headers: { 'content-type': 'text/event-stream' } })]);
    const seen: unknown[] = [];
    for await (const data of client.follow(Ask, {}, { signal: new AbortController().signal })) seen.push(data);
    expect(seen).toEqual([{ zone: { purchaseCount: 1 } }]);
  });
});

describe('server-sent events', () => {
  const read = async (...pieces: string[]) => {
    const events: string[] = [];
    for await (const { event, data } of readEvents(streamOf(...pieces))) events.push(`${event}:${data}`);
    return events;
  };

  it('are read whatever the pieces and line ends', async () => {
    const text = 'event: next\r\ndata: 一\r\n\r\nevent: next\r\ndata: a\r\ndata: b\r\n\r\n: ping\r\n\r\n';
    for (let cut = 0; cut <= text.length; cut += 1)
      expect(await read(text.slice(0, cut), text.slice(cut))).toEqual(['next:一', 'next:a\nb']);
  });

  it('drop an event that the connection cut off', async () => {
    expect(await read('event: next\ndata: 1\n\nevent: next\ndata: 2')).toEqual(['next:1']);
  });
});
