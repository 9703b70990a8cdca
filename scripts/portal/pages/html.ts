/** HTML that may be sent as it is. Everything else is escaped where it enters a template. */
export interface Html {
  readonly markup: string;
}

type Value = string | number | Html | null | readonly Html[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function html(texts: TemplateStringsArray, ...values: readonly Value[]): Html {
  let markup = texts[0] ?? '';
  values.forEach((value, index) => (markup += text(value) + (texts[index + 1] ?? '')));
  return { markup };
}

function text(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') {
    return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
  }
  return 'markup' in value ? value.markup : value.map((one) => one.markup).join('');
}
