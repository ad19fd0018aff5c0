import type { Role } from './session.ts';

/** Whose work each role may do besides its own: everybody reads, a publisher edits too, the owner does everything. */
const INCLUDES: Readonly<Record<Role, readonly Role[]>> = {
  analyst: [],
  agent: ['analyst'],
  author: ['analyst'],
  publisher: ['analyst', 'author'],
  compliance: ['analyst', 'agent'],
  owner: ['analyst', 'agent', 'author', 'publisher', 'compliance'],
};

/** Whether somebody of `role` may do what is the work of `needed`. Server and client decide alike. */
export const mayActAs = (role: Role, needed: Role): boolean =>
  role === needed || INCLUDES[role].includes(needed);
