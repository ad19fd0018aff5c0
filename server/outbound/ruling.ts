/** What a rule says about a text that is about to go: it ends here, or it is put off. `inOrder`: nothing of the person's overtakes it. */
export type Ruling =
  | { status: 'failed' | 'cancelled' | 'expired'; reason: string }
  | { status: 'queued'; reason: string; until: number; inOrder?: true };
