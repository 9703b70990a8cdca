import type { TadaDocumentNode } from 'gql.tada';
import type { Operation } from './graphql.js';
import { limited } from './limited.js';
import { ClientProblem, type ProblemKind } from './problem.js';
import { readEvents } from './sse.js';

/** The host's way to give a token. `refresh` is true when the last one was refused: the host should get a new one. */
export type TokenProvider = (wish: {
  refresh: boolean;
}) => string | null | undefined | Promise<string | null | undefined>;

export interface ClientOptions {
  /** The address of the GraphQL endpoint, absolute or relative to the page. */
  readonly endpoint: () => string;
  readonly token?: () => TokenProvider | undefined;
  readonly fetch?: typeof fetch;
}

export interface Client {
  /** Sends a query or a mutation; gives the data, or throws a ClientProblem. Cancelled by the signal. */
  send<Result, Variables>(
    operation: TadaDocumentNode<Result, Variables>,
    variables: Variables,
    options?: { signal?: AbortSignal },
  ): Promise<Result>;
  /** Follows a subscription over server-sent events until the server completes it or the signal ends it. */
  follow<Result, Variables>(
    operation: TadaDocumentNode<Result, Variables>,
    variables: Variables,
    options: { signal: AbortSignal },
  ): AsyncIterable<Result>;
}

interface GraphQLAnswer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string; requestId?: string } }[];
}

const SIGNED_OUT = new Set(['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'SIGNED_OUT']);
const DENIED = new Set(['NOT_ALLOWED', 'FORBIDDEN']);
/** A request that the network swallowed must not leave a person in front of a spinner for ever. */
const TIMEOUT_MS = 20_000;

const kindOf = (status: number, code: string | undefined): ProblemKind => {
  if (status === 401 || (code && SIGNED_OUT.has(code))) return 'signed-out';
  if (status === 403 || (code && DENIED.has(code))) return 'denied';
  return 'server';
};

const dataOf = (answer: GraphQLAnswer, status: number, requestId: string | null): unknown => {
  const error = answer.errors?.[0];
  if (!error && answer.data) return answer.data;
  const code = error?.extensions?.code;
  throw new ClientProblem(
    kindOf(status, code),
    error?.message ?? `HTTP ${String(status)}`,
    error?.extensions?.requestId ?? requestId ?? undefined,
  );
};

const readAnswer = async (response: Response): Promise<unknown> => {
  const requestId = response.headers.get('x-request-id');
  let answer: GraphQLAnswer;
  try {
    answer = (await response.json()) as GraphQLAnswer;
  } catch (reason) {
    if (response.ok) throw new ClientProblem('server', 'answer is not JSON', requestId ?? undefined);
    answer = { errors: [{ message: `HTTP ${String(response.status)}: ${String(reason)}` }] };
  }
  return dataOf(answer, response.status, requestId);
};

async function* readSubscription(response: Response): AsyncGenerator {
  const type = response.headers.get('content-type') ?? '';
  if (!response.body || !type.includes('text/event-stream')) {
    yield await readAnswer(response);
    return;
  }
  for await (const { event, data } of readEvents(response.body)) {
    if (event === 'complete') return;
    if (event === 'next') yield dataOf(JSON.parse(data) as GraphQLAnswer, response.status, null);
  }
}

/** The one road to the server: adds the token, retries once with a fresh one, and tells why when there is no answer. */
export const createClient = (options: ClientOptions): Client => {
  const call = async (body: string, accept: string, signal: AbortSignal | undefined, refresh: boolean) => {
    const token = await options.token?.()?.({ refresh });
    try {
      return await (options.fetch ?? fetch)(options.endpoint(), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept,
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        body,
        ...(signal ? { signal } : {}),
      });
    } catch (reason) {
      if (reason instanceof DOMException && reason.name === 'AbortError') throw reason;
      throw new ClientProblem('offline', String(reason));
    }
  };

  /** One retry, and only where a token was refused: a second try with the same token would be refused as well. */
  const withFreshToken = async <Answer>(attempt: (refresh: boolean) => Promise<Answer>): Promise<Answer> => {
    try {
      return await attempt(false);
    } catch (reason) {
      if (!(reason instanceof ClientProblem) || reason.kind !== 'signed-out' || !options.token?.()) throw reason;
      return attempt(true);
    }
  };

  return {
    async send(operation, variables, { signal } = {}) {
      const body = JSON.stringify({ query: (operation as unknown as Operation).text, variables });
      const limit = limited(signal, TIMEOUT_MS);
      try {
        const data = await withFreshToken(async (refresh) =>
          readAnswer(await call(body, 'application/graphql-response+json, application/json', limit.signal, refresh)),
        );
        return data as never;
      } catch (reason) {
        if (limit.isOver()) throw new ClientProblem('offline', `no answer within ${String(TIMEOUT_MS)} ms`);
        throw reason;
      } finally {
        limit.done();
      }
    },
    async *follow(operation, variables, { signal }) {
      const body = JSON.stringify({ query: (operation as unknown as Operation).text, variables });
      const response = await withFreshToken(async (refresh) => {
        const opened = await call(body, 'text/event-stream', signal, refresh);
        if (opened.status === 401) await readAnswer(opened);
        return opened;
      });
      for await (const data of readSubscription(response)) yield data as never;
    },
  };
};
