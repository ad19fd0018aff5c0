import { Injectable } from '@nestjs/common';

/** Makes a change to what a workspace has set up, or refuses it for what depends on it. */
export type Watcher = <Result>(workspaceId: string, change: () => Promise<Result>) => Promise<Result>;

/**
 * Changes of senders, programs and lists that something live may not bear. The flows watch them: they know the settings, and the settings
 * do not know them.
 */
@Injectable()
export class SettingChanges {
  private watcher: Watcher | null = null;

  watch(watcher: Watcher): void {
    this.watcher = watcher;
  }

  /** All of the change, or none where the watcher refuses what comes of it. The watcher may try it first, and undo it again. */
  make<Result>(workspaceId: string, change: () => Promise<Result>): Promise<Result> {
    return this.watcher ? this.watcher(workspaceId, change) : change();
  }
}
