/** Where a command reads and writes: the process, or a test. */
export interface Terminal {
  /** Writes a line. */
  say: (line: string) => void;
  /** Writes a line where errors go. */
  complain: (line: string) => void;
  /** Lines that are typed or piped in. `prompt` is shown to people only. */
  ask: (prompt: string) => AsyncIterable<string>;
  /** A person looks at it: colours, prompts. */
  isPerson: boolean;
}

/** The colours of a report; none where nobody looks. */
export interface Paint {
  good: (text: string) => string;
  bad: (text: string) => string;
  doubtful: (text: string) => string;
  quiet: (text: string) => string;
  strong: (text: string) => string;
}

export function paintFor({ isPerson }: Terminal): Paint {
  const painted = (code: number) => (text: string) => (isPerson ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    good: painted(32),
    bad: painted(31),
    doubtful: painted(33),
    quiet: painted(2),
    strong: painted(1),
  };
}
