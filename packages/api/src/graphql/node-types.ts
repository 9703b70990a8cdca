/**
 * Which GraphQL type an object is that the `node` field found. Kept beside the object and not in it: what comes out of
 * the catalogue is frozen and shared.
 */
const types = new WeakMap<object, string>();

export function rememberNodeType(value: object, typeName: string): void {
  types.set(value, typeName);
}

export function nodeTypeOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? types.get(value) : undefined;
}
