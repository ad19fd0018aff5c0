/** How often others of the event loop have had their turn until that was done. */
export async function turnsUntil(happening: Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const others = (): void => {
    turns++;
    if (!isOver) setImmediate(others);
  };
  setImmediate(others);
  await happening;
  isOver = true;
  return turns;
}
