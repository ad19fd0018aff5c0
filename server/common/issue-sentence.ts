import type { z } from 'zod';

/** What is wrong with a value, in a sentence for people; used where the schema itself has no message. */
export function issueSentence(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'This is missing.'
        : `This has to be ${WORDS[issue.expected] ?? issue.expected}.`;
    case 'unrecognized_keys':
      return `Nothing here is called ${issue.keys
        .slice(0, 3)
        .map((key) => `“${key.slice(0, 60)}”`)
        .join(', ')}.`;
    case 'invalid_value':
      return `This has to be one of: ${issue.values.map(String).join(', ')}.`;
    case 'too_small':
      return `${measure(issue.origin)} at least ${issue.minimum}.`;
    case 'too_big':
      return `${measure(issue.origin)} at most ${issue.maximum}.`;
    default:
      return undefined;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  record: 'an object',
  null: 'null',
};

function measure(origin: string): string {
  switch (origin) {
    case 'string':
      return 'The number of characters has to be';
    case 'array':
    case 'set':
      return 'The number of entries has to be';
    default:
      return 'This has to be';
  }
}
