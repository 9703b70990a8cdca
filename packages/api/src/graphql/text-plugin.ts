import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import { refuse } from '../kernel/refusal.js';
import { brokenTextAt } from '../kernel/text.js';
import { requestError } from './errors.js';

const CODE = 'TEXT_INVALID';
const MESSAGE = '填写的内容里有不完整的字符或空字符，请删除后重新填写。';

/**
 * No text with half of a character or NUL in it reaches a resolver, whichever argument it stands in: a mutation refuses
 * it as data, any other field as its error. None can forget to ask.
 */
export class TextPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolver: GraphQLFieldResolver<unknown, Types['Context'], object>,
    config: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (Object.keys(config.args).length === 0) return resolver;
    const isMutation = config.kind === 'Mutation';
    return (parent, args, context, info) => {
      const path = brokenTextAt(args);
      if (path === null) return resolver(parent, args, context, info);
      if (isMutation) return refuse(CODE, MESSAGE, { path });
      throw requestError(CODE, MESSAGE);
    };
  }

  override wrapSubscribe(
    subscribe: GraphQLFieldResolver<unknown, Types['Context'], object> | undefined,
    config: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> | undefined {
    if (!subscribe || Object.keys(config.args).length === 0) return subscribe;
    return (parent, args, context, info) => {
      if (brokenTextAt(args) !== null) throw requestError(CODE, MESSAGE);
      return subscribe(parent, args, context, info);
    };
  }
}

export const TEXT_PLUGIN = 'text';

SchemaBuilder.registerPlugin(TEXT_PLUGIN, TextPlugin);

declare global {
  /* eslint-disable-next-line @typescript-eslint/no-namespace -- Pothos learns of a plugin through this namespace */
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      text: TextPlugin<Types>;
    }
  }
}
