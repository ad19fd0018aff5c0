import { createContext, use } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { NO_PATH, type WalkedPath } from '../../../lib/rehearsal/path.ts';

/** Errors and warnings of one card. */
export interface Badge {
  errors: number;
  warnings: number;
}

/** How often lines were gone along, by line key, and how many people wait at each card. */
export interface TrafficOverlay {
  passages: ReadonlyMap<string, number>;
  waiting: ReadonlyMap<string, number>;
  /** The passages of the busiest line, at least 1. */
  busiest: number;
}

/** How the saved conversations cover a line: how many go along it, and whether any conversation can. */
export interface LineCoverage {
  conversations: number;
  walkable: boolean;
}

/** What lies over the drawing: problems, traffic, and the way the phone went. Cards read only what concerns them. */
export interface Overlay {
  badges: ReadonlyMap<string, Badge>;
  traffic: TrafficOverlay | null;
  /** By line key; null while it is not shown. */
  coverage: ReadonlyMap<string, LineCoverage> | null;
  path: WalkedPath;
  /** The card whose title is being edited. */
  renaming: string | null;
}

/** What an author can do on the canvas itself; null where the drawing can only be looked at. */
export interface CanvasActions {
  rename: (id: string, title: string) => void;
  setRenaming: (id: string | null) => void;
  /** Asks what to put on a line, in a menu at this point of the window. */
  insertOn: (line: { from: string; port: string }, at: { x: number; y: number }) => void;
}

export type OverlayStore = StoreApi<Overlay>;

/** An overlay that shows nothing yet. */
export const createOverlay = (): OverlayStore =>
  createStore<Overlay>(() => ({
    badges: new Map(),
    traffic: null,
    coverage: null,
    path: NO_PATH,
    renaming: null,
  }));

const EMPTY = createOverlay();

/** What lies over the canvas around it; nothing outside of one. */
export const OverlayContext = createContext<OverlayStore>(EMPTY);
/** What can be done to the cards of the canvas around it; null where they are only looked at. */
export const CanvasActionsContext = createContext<CanvasActions | null>(null);

/** Reads from what lies over the canvas around. */
export const useOverlay = <Slice>(select: (overlay: Overlay) => Slice): Slice =>
  useStore(use(OverlayContext), select);

export const useCanvasActions = (): CanvasActions | null => use(CanvasActionsContext);
