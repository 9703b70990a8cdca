/** Relay's global ids: base64 of `Type:id`. Opaque to clients; an id in an input is always a global one. */
export function globalId(typeName: string, id: string): string {
  return Buffer.from(`${typeName}:${id}`).toString('base64');
}

export function parseGlobalId(text: string): { typeName: string; id: string } {
  const [typeName = '', ...rest] = Buffer.from(text, 'base64').toString('utf8').split(':');
  return { typeName, id: rest.join(':') };
}

/**
 * The id that commands know, out of a global id of this type. Anything else becomes the empty id, which no document has:
 * the command then refuses it in its own words.
 */
export function localId(typeName: string, text: string): string {
  const parsed = parseGlobalId(text);
  return parsed.typeName === typeName ? parsed.id : '';
}
