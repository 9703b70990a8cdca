import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import type { Actor } from '../kernel/authority.js';
import type { Refusal } from '../kernel/refusal.js';

/**
 * A whole request, or a field, that is refused: a stable code for programs, a sentence in Chinese for people. Expected
 * refusals of a command are not errors but data (`Refusal` in the result).
 */
export function requestError(code: string, message: string, status?: number): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...(status === undefined ? {} : { http: { status } }) } });
}

export function notAllowed(actor: Actor): GraphQLError {
  return actor.kind === 'anonymous'
    ? requestError('SIGNED_OUT', '您还没有登录，请从门户重新进入专区。')
    : requestError('NOT_ALLOWED', '您的身份不能查看这些内容，如有需要请联系门户管理员。');
}

/** A token that is not believed: 401, so that the page asks its portal for a new one. */
export function unauthenticated(refusal: Refusal): GraphQLError {
  const isOurs = refusal.code === 'PORTAL_UNREACHABLE';
  return new GraphQLError(refusal.message, {
    extensions: {
      code: isOurs ? refusal.code : 'UNAUTHENTICATED',
      reason: refusal.code,
      http: { status: isOurs ? 503 : 401 },
    },
  });
}

export const BUSY = requestError('BUSY', '现在办理的人很多，请稍等几秒再试。', 503);

const INTERNAL_TEXT = '服务暂时出了点问题，我们已经记录下来。请稍后再试，仍然不行时请把请求编号告诉管理员。';

/** What a stranger sees of an error that nobody expected. */
export function internalError(error: unknown): GraphQLError {
  return new GraphQLError(INTERNAL_TEXT, {
    ...placeOf(error),
    extensions: { code: 'INTERNAL', http: { status: 500 } },
  });
}

function placeOf(error: unknown): Pick<GraphQLErrorOptions, 'nodes' | 'source' | 'positions' | 'path'> {
  if (!(error instanceof GraphQLError)) return {};
  const { nodes, source, positions, path } = error;
  return { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null, path: path ?? null };
}

/** True for an error that was made for the client: by us, by the parser or by a validation rule. */
export function isForClient(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return false;
  return error.originalError === undefined || isForClient(error.originalError);
}

/** Yoga's own codes for a document that is none, or not of this contract. */
const DOCUMENT_CODES = new Set<unknown>([
  undefined,
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
]);

/** Parser and validator speak English to programmers; the person in front gets a sentence, the programmer the rest. */
export function withCode(error: GraphQLError): GraphQLError {
  if (!DOCUMENT_CODES.has(error.extensions['code'])) return error;
  const hidden = error.message.replace(/ ?Did you mean .+\?/, '');
  return new GraphQLError(`请求不符合接口约定，请刷新页面或联系管理员。（${hidden}）`, {
    ...placeOf(error),
    extensions: { ...error.extensions, code: 'BAD_REQUEST' },
  });
}

/**
 * A request of which nothing was executed: 400, unless the error says more. To a client that takes the older form alone
 * (`Accept: application/json`) GraphQL over HTTP answers 200: there 400 is what a proxy would say.
 */
export function asRequestError(error: GraphQLError, takesPlainJsonAlone: boolean): GraphQLError {
  const coded = withCode(error);
  const http = coded.extensions['http'] as { status?: number; spec?: boolean } | undefined;
  if (http?.status !== undefined && !http.spec) return coded;
  return new GraphQLError(coded.message, {
    ...placeOf(coded),
    extensions: { ...coded.extensions, http: { status: takesPlainJsonAlone ? 200 : 400 } },
  });
}
