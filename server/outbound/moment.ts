/** A moment that lasts while nobody is waited for: no other event was met meanwhile, and nobody was heard. */
export class Moment {
  private over = false;

  constructor() {
    setImmediate(() => {
      this.over = true;
    });
  }

  get isOver(): boolean {
    return this.over;
  }
}
