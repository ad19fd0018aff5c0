/** Makes one request serve everybody: whoever asks for a key while it is being fetched shares that answer (single flight). */
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
