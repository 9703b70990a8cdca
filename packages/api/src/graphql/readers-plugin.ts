import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type InterfaceParam,
  type PothosOutputFieldConfig,
  type PothosTypeConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import { type GraphQLFieldResolver, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import type { GraphqlContext } from './context.js';
import { notAllowed } from './errors.js';
import { checkFirst } from './paging.js';
import { nameOf, type Readers } from './readers.js';

/**
 * Every field says who may read it, itself or through its type; a schema with a field that does not is not built. A
 * field's own `readers` replace those of its type.
 */
export class ReadersPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onTypeConfig(config: PothosTypeConfig): PothosTypeConfig {
    const readers = readersOption(config.pothosOptions);
    if (readers === undefined) return config;
    const description = typeof readers === 'string' ? config.description : withReaders(config.description, readers);
    return { ...config, ...(description ? { description } : {}), extensions: { ...config.extensions, readers } };
  }

  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const own = readersOption(config.pothosOptions);
    const description = own === undefined || typeof own === 'string' ? undefined : withReaders(config.description, own);
    const readers = own ?? this.readersOfType(config.parentType);
    return { ...config, ...(description ? { description } : {}), extensions: { ...config.extensions, readers } };
  }

  override wrapResolve(
    resolver: GraphQLFieldResolver<unknown, Types['Context'], object>,
    config: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    const paged = config.args['first'] === undefined ? resolver : withCheckedFirst(resolver);
    const readers = config.extensions?.['readers'] as Readers<unknown> | undefined;
    if (readers === undefined || typeof readers === 'string') return paged;
    return (parent, args, context, info) => {
      const { actor } = context as unknown as GraphqlContext;
      if (!readers.allows(actor, parent)) throw notAllowed(actor);
      return paged(parent, args, context, info);
    };
  }

  /** Nobody opens a stream whose values they may not read. Of its first value nothing is known yet: only who asks. */
  override wrapSubscribe(
    subscribe: GraphQLFieldResolver<unknown, Types['Context'], object> | undefined,
    config: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> | undefined {
    const readers = config.extensions?.['readers'] as Readers<unknown> | undefined;
    if (!subscribe || readers === undefined || typeof readers === 'string') return subscribe;
    return (parent, args, context, info) => {
      const { actor } = context as unknown as GraphqlContext;
      if (!readers.allows(actor, parent)) throw notAllowed(actor);
      checkFirst(args);
      return subscribe(parent, args, context, info);
    };
  }

  override afterBuild(schema: GraphQLSchema): GraphQLSchema {
    const silent = Object.values(schema.getTypeMap()).flatMap((type) =>
      (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__')
        ? Object.values(type.getFields())
            .filter((field) => field.extensions['readers'] === undefined)
            .map((field) => `${type.name}.${field.name}`)
        : [],
    );
    if (silent.length > 0) throw new Error(`these fields do not say who may read them: ${silent.join(', ')}`);
    return schema;
  }

  private readersOfType(name: string): Readers<never> | undefined {
    return readersOption(this.builder.configStore.getTypeConfig(name).pothosOptions);
  }
}

function readersOption(options: unknown): Readers<never> | undefined {
  return (options as { readers?: Readers<never> } | undefined)?.readers;
}

function withReaders(description: string | null | undefined, readers: Readers<never>): string {
  return `${description ?? ''}\n\nRead by: ${nameOf(readers)}.`.trim();
}

function withCheckedFirst<Context extends object>(
  resolver: GraphQLFieldResolver<unknown, Context, object>,
): GraphQLFieldResolver<unknown, Context, object> {
  return (parent, args, context, info) => {
    checkFirst(args);
    return resolver(parent, args, context, info);
  };
}

export const READERS_PLUGIN = 'readers';

SchemaBuilder.registerPlugin(READERS_PLUGIN, ReadersPlugin);

declare global {
  /* eslint-disable @typescript-eslint/no-namespace, @typescript-eslint/no-unused-vars -- Pothos takes a plugin's options through this namespace, whose declarations must name all type parameters, used or not */
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      readers: ReadersPlugin<Types>;
    }
    interface ObjectTypeOptions<Types extends SchemaTypes = SchemaTypes, Shape = unknown> {
      /** Who may read the fields of this type that do not say it themselves. */
      readers?: Readers<Shape>;
    }
    interface InterfaceTypeOptions<
      Types extends SchemaTypes = SchemaTypes,
      Shape = unknown,
      Interfaces extends InterfaceParam<Types>[] = InterfaceParam<Types>[],
      ResolveType = unknown,
    > {
      readers?: Readers<Shape>;
    }
    interface FieldOptions<
      Types extends SchemaTypes = SchemaTypes,
      ParentShape = unknown,
      Type extends TypeParam<Types> = TypeParam<Types>,
      Nullable extends FieldNullability<Type> = FieldNullability<Type>,
      Args extends InputFieldMap = InputFieldMap,
      ResolveShape = unknown,
      ResolveReturnShape = unknown,
    > {
      /** Who may read this field. */
      readers?: Readers<ParentShape>;
    }
  }
}
