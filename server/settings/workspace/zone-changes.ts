import { Injectable } from '@nestjs/common';

/** Hears of a workspace's new time zone, in the transaction that changes it. */
export type ZoneHearer = (workspaceId: string, timeZone: string) => Promise<void>;

/** Tells whoever has worked times out by a workspace's clock that it shows another time. */
@Injectable()
export class ZoneChanges {
  private readonly hearers: ZoneHearer[] = [];

  heardBy(hearer: ZoneHearer): void {
    this.hearers.push(hearer);
  }

  async tell(workspaceId: string, timeZone: string): Promise<void> {
    for (const hearer of this.hearers) await hearer(workspaceId, timeZone);
  }
}
