/** Writes lines for a person who has just started the server. `base` is its address without a trailing slash. */
export type WelcomeWriter = (base: string) => Promise<readonly string[]>;

/**
 * What the server says last when it has started. A feature adds its lines while modules are made; accounts adds the
 * owner's one-time sign-in link: `constructor(welcome: Welcome) { welcome.add(async (base) => […]); }`.
 */
export class Welcome {
  private readonly writers: WelcomeWriter[] = [];

  add(writer: WelcomeWriter): void {
    this.writers.push(writer);
  }

  async lines(base: string): Promise<string[]> {
    const lines = [`Textloom is ready: ${base}`];
    for (const write of this.writers) lines.push(...(await write(base)));
    return lines;
  }
}
