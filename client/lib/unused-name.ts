/** A name that nothing of its kind has yet: "Says yes", "Says yes (2)". */
export function unusedName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted} (${n})`;
  return name;
}
