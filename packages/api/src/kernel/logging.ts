import { type DestinationStream, type Logger, pino } from 'pino';

/**
 * JSON lines. What a person typed or is called never gets in: log ids, codes and counts. The redaction is a second wall
 * for the header that carries the token, not a licence to log bodies.
 */
export function createLogger(options: { level: string; destination?: DestinationStream }): Logger {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['*.authorization', '*.cookie', '*.mobile', '*.address', '*.recipient'],
      serializers: { err: errorFacts },
    },
    options.destination ?? pino.destination({ fd: 2, sync: false }),
  );
}

/** A cause of a cause of a cause says no more. */
const MOST_CAUSES = 3;

/**
 * What it is and where it was thrown. Nothing else that hangs on it: the driver hangs whole documents on an error of a
 * write, and puts the values of a key that came twice into its message.
 */
function errorFacts(error: unknown, causes = 0): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, codeName, cause } = error as Error & { readonly code?: unknown; readonly codeName?: unknown };
  const isNamed = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
  return {
    type: error.name,
    message: withoutValues(error.message),
    stack: withoutValues(error.stack ?? ''),
    ...(isNamed(code) ? { code } : {}),
    ...(isNamed(codeName) ? { codeName } : {}),
    ...(cause === undefined || causes >= MOST_CAUSES ? {} : { cause: errorFacts(cause, causes + 1) }),
  };
}

function withoutValues(text: string): string {
  return text.replace(/dup key: \{.*\}/g, 'dup key');
}
