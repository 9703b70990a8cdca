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
    },
    options.destination ?? pino.destination({ fd: 2, sync: false }),
  );
}
