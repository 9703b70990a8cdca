export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/** One event may not grow beyond this: an order is a few kB, and a stream that never ends a line must not fill the memory. */
const MAX_BUFFER_CHARS = 1_000_000;

const parseBlock = (block: string): ServerEvent | undefined => {
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    if (line.startsWith(':')) continue;
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
  }
  return event === 'message' && data.length === 0 ? undefined : { event, data: data.join('\n') };
};

/** Reads server-sent events off a response body: blocks are parted by an empty line, lines by \n, \r\n or \r. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let buffer = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      buffer += done ? decoder.decode() : decoder.decode(value, { stream: true });
      // A lone \r at the end may be the first half of \r\n, so it waits for the next piece.
      const tail = !done && buffer.endsWith('\r') ? '\r' : '';
      buffer = buffer.slice(0, buffer.length - tail.length).replace(/\r\n?/g, '\n');
      const blocks = buffer.split('\n\n');
      buffer = (blocks.pop() ?? '') + tail;
      for (const block of blocks) {
        const event = parseBlock(block);
        if (event) yield event;
      }
      if (done) return;
      if (buffer.length > MAX_BUFFER_CHARS) throw new Error('server-sent event too long');
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
