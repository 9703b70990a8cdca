/** How a statement that was posted by mistake is taken back: one person asks, another approves, the zone does it. */
export interface StatementBack {
  /** Of the command that asked. */
  readonly key: string;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  /** Who let it stand, or took the asking back. */
  readonly declinedBy: string | null;
  readonly declinedAt: Date | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  /** In Chinese: what came between once it was under way, and what to do; null where nothing did. */
  readonly waitsFor: string | null;
  readonly doneAt: Date | null;
}
