/** Takes all steps of something that is done a step at a time, and says what came of it. */
export function finish<Result>(steps: Iterator<unknown, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
