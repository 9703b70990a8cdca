import { describe, expect, it } from '@jest/globals';
import SchemaBuilder from '@pothos/core';
import { graphql, type GraphQLSchema } from 'graphql';
import type { Actor } from '../kernel/authority.js';
import type { GraphqlContext } from './context.js';
import { owner, type Readers } from './readers.js';
import { READERS_PLUGIN } from './readers-plugin.js';

interface Note {
  readonly memberId: string;
  readonly text: string;
}

function build(readers: { type?: Readers<Note>; field?: Readers<Note> }): GraphQLSchema {
  const builder = new SchemaBuilder<{ Context: GraphqlContext }>({ plugins: [READERS_PLUGIN] });
  const note = builder.objectRef<Note>('Note').implement({
    ...(readers.type === undefined ? {} : { readers: readers.type }),
    fields: (t) => ({
      text: t.exposeString('text', {
        nullable: true,
        ...(readers.field === undefined ? {} : { readers: readers.field }),
      }),
    }),
  });
  builder.queryType({
    fields: (t) => ({
      note: t.field({ type: note, readers: 'public', resolve: () => ({ memberId: 'm1', text: '您好' }) }),
      page: t.string({ readers: 'public', args: { first: t.arg.int() }, resolve: () => 'ok' }),
    }),
  });
  return builder.toSchema();
}

const own = owner<Note>((note) => note.memberId);
const person = (memberId: string): Actor => ({ kind: 'person', memberId, roles: [] });
const ask = (schema: GraphQLSchema, actor: Actor, source = '{ other: note { t: text } }') =>
  graphql({ schema, source, contextValue: { actor } });

describe('a field', () => {
  it('that does not say who may read it is named, and nothing is built', () => {
    expect(() => build({})).toThrow('these fields do not say who may read them: Note.text');
  });

  it('is read by whom its type names, under any alias', async () => {
    const schema = build({ type: own });
    expect((await ask(schema, person('m1'))).data).toEqual({ other: { t: '您好' } });
    const other = await ask(schema, person('m2'));
    expect(other.data).toEqual({ other: { t: null } });
    expect(other.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_ALLOWED' });
    expect((await ask(schema, { kind: 'anonymous' })).errors?.[0]?.extensions).toMatchObject({ code: 'SIGNED_OUT' });
  });

  it('may name other readers than its type', async () => {
    expect((await ask(build({ type: own, field: 'public' }), person('m2'))).errors).toBeUndefined();
    expect((await ask(build({ type: 'public', field: own }), person('m2'))).errors).toHaveLength(1);
  });

  it('tells its readers in the schema', () => {
    expect(build({ type: own }).getType('Note')?.description).toBe('Read by: own.');
  });

  it.each([0, -1, 101])('with first: %p is refused', async (first) => {
    const { errors } = await ask(build({ type: own }), person('m1'), `{ page(first: ${first}) }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'PAGE_SIZE' });
  });

  it.each([1, 100])('with first: %p is not', async (first) => {
    expect((await ask(build({ type: own }), person('m1'), `{ page(first: ${first}) }`)).errors).toBeUndefined();
  });
});
