import { type CustomDecorator, SetMetadata } from '@nestjs/common';
import type { Role } from '#shared/api/session.ts';

const OPEN = Symbol('open');
const NEEDS = Symbol('needs');
const IN_PERSON = Symbol('in person');

/** Opens a route to people who are not signed in. Every other route is closed; a test lists the open ones. */
export const Open = (): CustomDecorator<symbol> => SetMetadata(OPEN, true);

/** Lets in only those who may do the work of `role` (`mayActAs`). Without it a route is for everybody who is signed in. */
export const Needs = (role: Role): CustomDecorator<symbol> => SetMetadata(NEEDS, role);

/** Closes a route to programs: a key does the work of its role and must not become the person who made it. */
export const InPerson = (): CustomDecorator<symbol> => SetMetadata(IN_PERSON, true);

/** A handler and its controller, as an ExecutionContext knows them. */
interface Target {
  getHandler(): object;
  getClass(): object;
}

/** Whether @Open() stands on a handler or its controller. */
export const isOpen = (target: Target): boolean => read<boolean>(OPEN, target) ?? false;

/** The role that @Needs() names on a handler or its controller. */
export const neededRole = (target: Target): Role | undefined => read<Role>(NEEDS, target);

/** Whether @InPerson() stands on a handler or its controller. */
export const isInPerson = (target: Target): boolean => read<boolean>(IN_PERSON, target) ?? false;

function read<Value>(key: symbol, target: Target): Value | undefined {
  const onHandler: Value | undefined = Reflect.getMetadata(key, target.getHandler());
  return onHandler ?? Reflect.getMetadata(key, target.getClass());
}
