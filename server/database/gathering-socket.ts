import { Socket } from 'node:net';

/**
 * Sends in one write to the system what is sent in one turn of the event loop: a batch asks several things at once, and every write of
 * its own costs as much as what it asks. (pg corks the stream for each statement with parameters or a name, which is when this begins.)
 */
export class GatheringSocket extends Socket {
  private gathers = false;

  override cork(): void {
    super.cork();
    if (this.gathers) return;
    this.gathers = true;
    super.cork();
    process.nextTick(() => {
      this.gathers = false;
      this.uncork();
    });
  }
}
