import type { Context } from '../kernel/context.js';

/** What every resolver gets: the kernel's context, so that it can be handed to commands and loaders as it is. */
export interface GraphqlContext extends Context {
  /** The buyer's network address: the payment provider asks for it on phones. */
  readonly clientIp: string;
  /** The client takes the older form of answers alone, in which a refused question is a 200. */
  readonly takesPlainJsonAlone: boolean;
  /** The zone's address as browsers see it, without a slash at the end: `https://portal.example/aixin`. */
  readonly publicUrl: string;
  /** Where a buyer presses 支付 at the sandbox provider; null with a real one. */
  readonly sandboxPayPage: string | null;
  /** What the execution tells the handler that called it. */
  readonly outcome: {
    /** Set when the operation asked for nothing but what everybody may read. */
    isPublic: boolean;
  };
}
