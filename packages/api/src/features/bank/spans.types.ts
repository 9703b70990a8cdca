/** What the account's posted statements cover without a hole: a file that follows must begin where this ends. */
export interface BankSpan {
  readonly fromDay: string;
  readonly toDay: string;
  readonly openingFen: number;
  readonly closingFen: number;
}

/** New lines that stand together in time, with the balances around them. */
export interface NewRun {
  readonly fromDay: string;
  readonly toDay: string;
  readonly openingFen: number;
  readonly closingFen: number;
  /** The run's first line in time. */
  readonly lineNo: number;
  /** In the file a line that is posted already stands right before it, or right after it: nothing can be missing between. */
  readonly joinsBefore: boolean;
  readonly joinsAfter: boolean;
}
