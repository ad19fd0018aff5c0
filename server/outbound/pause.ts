/** A pause that can be cut short. */
export class Pause {
  private resume: (() => void) | null = null;

  /** Resolves after so many milliseconds, or when it is ended. */
  take(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end(), Math.max(0, milliseconds));
      this.resume = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** There is something to do; nothing happens where nobody pauses. */
  end(): void {
    this.resume?.();
    this.resume = null;
  }
}
