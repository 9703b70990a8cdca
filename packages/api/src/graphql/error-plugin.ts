import { type ExecutionResult, GraphQLError } from 'graphql';
import { handleStreamOrSingleExecutionResult, type Plugin } from 'graphql-yoga';
import { TooBusyError } from '../kernel/group-commit.js';
import type { GraphqlContext } from './context.js';
import { asRequestError, BUSY, internalError, isForClient, withCode } from './errors.js';

/**
 * What nobody expected is logged with the request's id and goes out masked, with that id in `extensions.requestId`, so
 * that the person can name it.
 */
export function errorPlugin(): Plugin<GraphqlContext> {
  return {
    onExecute: () => ({
      onExecuteDone: (payload) =>
        handleStreamOrSingleExecutionResult(payload, ({ args, result, setResult }) =>
          setResult(told(args.contextValue as GraphqlContext, result)),
        ),
    }),
    onSubscribe: () => ({
      onSubscribeResult: (payload) =>
        handleStreamOrSingleExecutionResult(payload, ({ args, result, setResult }) =>
          setResult(told(args.contextValue as GraphqlContext, result)),
        ),
    }),
    onExecutionResult({ result, context, setResult }) {
      if (!result || Array.isArray(result) || !('errors' in result) || !result.errors) return;
      const { requestId, takesPlainJsonAlone } = context as unknown as GraphqlContext;
      const errors =
        'data' in result ? result.errors : result.errors.map((error) => asRequestError(error, takesPlainJsonAlone));
      setResult({ ...result, errors, extensions: { ...result.extensions, requestId } });
    },
  };
}

function told(context: GraphqlContext, result: ExecutionResult): ExecutionResult {
  if (!result.errors) return result;
  return { ...result, errors: result.errors.map((error) => toldError(context, error)) };
}

function toldError(context: GraphqlContext, error: GraphQLError): GraphQLError {
  if (isForClient(error)) return withCode(error);
  if (error.originalError instanceof TooBusyError) return BUSY;
  context.log.error({ err: error.originalError ?? error, path: error.path }, 'a field failed');
  return internalError(error);
}

/** Yoga's own door for errors outside of an execution: parsing, validation, the request's form. */
export function maskUnplaced(error: unknown): Error {
  return error instanceof GraphQLError && isForClient(error) ? withCode(error) : internalError(error);
}
