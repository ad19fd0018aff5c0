/** Asks for each once at a time: whoever asks for the same meanwhile gets the same answer. */
export function askedTogether<Key, Answer>(
  ask: (key: Key) => Promise<Answer>,
): (key: Key) => Promise<Answer> {
  const asking = new Map<Key, Promise<Answer>>();
  return (key) => {
    let answer = asking.get(key);
    if (!answer) {
      answer = ask(key).finally(() => asking.delete(key));
      asking.set(key, answer);
    }
    return answer;
  };
}
