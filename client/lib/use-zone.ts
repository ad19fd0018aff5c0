import { createContext, useContext } from 'react';

/** The workspace's time zone, given by the shell. A context rather than a query, since a long list asks for it a thousand times. */
export const ZoneContext = createContext('UTC');

/** The zone in which every time is shown. */
export const useZone = (): string => useContext(ZoneContext);
