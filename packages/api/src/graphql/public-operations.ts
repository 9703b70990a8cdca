import {
  type DocumentNode,
  getNamedType,
  getOperationAST,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * Whether the answer of an operation is the same for everybody: a query whose every field has `public` readers, or is a
 * plain part of such a field. Judged by the text alone, so it cannot depend on who happens to ask first.
 */
export function isPublicOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
): boolean {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.QUERY) return false;
  let isPublic = true;
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: () => {
        const field = types.getFieldDef();
        const parent = types.getParentType();
        const readers: unknown = field?.extensions['readers'];
        // A field of an interface or union (`__typename`) tells what is behind it, which need not be public.
        const isOpen = readers === 'public' || readers === 'parent';
        const tellsType =
          field?.name === '__typename' && parent !== null && parent !== undefined && !isAbstractType(parent);
        if (!isOpen && !tellsType) isPublic = false;
        const given = field && getNamedType(field.type);
        // An object whose own fields nobody asks for still shows whether it is there: `me { __typename }`.
        if (isObjectType(given) && typeof given.extensions['readers'] === 'object') isPublic = false;
      },
    }),
  );
  return isPublic;
}
