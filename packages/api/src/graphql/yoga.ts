import type { DocumentNode, ExecutionArgs, FieldNode, ValidationContext } from 'graphql';
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import { requestError } from './errors.js';
import { errorPlugin, maskUnplaced } from './error-plugin.js';
import type { GraphqlContext } from './context.js';
import { forgetRead } from './loader.js';
import { isPublicOperation } from './public-operations.js';
import { documentLimits } from './request-limits.js';
import { schema } from './schema.js';

/** The most bytes of one request: fifty order lines with their ids are 8 kB. */
export const MOST_BODY_BYTES = 64 * 1024;

export interface YogaOptions {
  readonly endpoint: string;
  /** Shows GraphiQL and allows introspection. Never in production. */
  readonly dev: boolean;
}

export function createZoneYoga(options: YogaOptions): YogaServerInstance<GraphqlContext, object> {
  return createYoga<GraphqlContext>({
    schema,
    graphqlEndpoint: options.endpoint,
    graphiql: options.dev,
    landingPage: false,
    // Who may read it is decided before Yoga is asked (http/cors.ts).
    cors: false,
    multipart: false,
    batching: false,
    maxRequestBodySize: MOST_BODY_BYTES,
    logging: false,
    maskedErrors: { maskError: maskUnplaced },
    plugins: [
      ...documentLimits(),
      ...(options.dev ? [] : [withoutIntrospection()]),
      publicPlugin(),
      freshEvents(),
      errorPlugin(),
    ],
  });
}

/** The contract is in the repository; a running zone does not hand out its map. */
function withoutIntrospection(): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule((context: ValidationContext) => ({
        Field(node: FieldNode) {
          if (node.name.value !== '__schema' && node.name.value !== '__type') return;
          context.reportError(requestError('QUERY_REFUSED', '这里不提供接口结构查询，请看集成文档。', 400));
        },
      }));
    },
  };
}

/** Each event of a subscription is read anew, though all share one context. */
function freshEvents(): Plugin<GraphqlContext> {
  return {
    onSubscribe: ({ args }) => {
      const context = args.contextValue as GraphqlContext;
      return { onSubscribeResult: () => ({ onNext: () => forgetRead(context) }) };
    },
  };
}

/** Judges each document once: Yoga gives the same parsed document for the same text. */
function publicPlugin(): Plugin<GraphqlContext> {
  const judged = new WeakMap<DocumentNode, Map<string, boolean>>();
  return {
    onExecute(execution) {
      const args = execution.args as ExecutionArgs;
      const context = args.contextValue as GraphqlContext;
      const operations = judged.get(args.document) ?? new Map<string, boolean>();
      judged.set(args.document, operations);
      const name = args.operationName ?? '';
      const isPublic = operations.get(name) ?? isPublicOperation(schema, args.document, args.operationName);
      operations.set(name, isPublic);
      context.outcome.isPublic = isPublic;
    },
  };
}
