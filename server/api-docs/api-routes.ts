import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import type { DiscoveryService } from '@nestjs/core';
import { z } from 'zod';
import type { Role } from '#shared/api/session.ts';
import { isOpen, neededRole } from '../accounts/access.ts';
import { type ApiSpec, apiSpec } from '../web/api-spec.ts';

/** A route of some controller, as its decorators declare it. */
export interface ApiRoute {
  /** `GET /api/flows/:id` */
  name: string;
  method: string;
  path: string;
  open: boolean;
  needs: Role | undefined;
  /** Undefined only for a route that forgot to say what it takes. */
  spec: ApiSpec | undefined;
}

const pathMetadata = z.union([z.string(), z.array(z.string())]).optional();

/** Every route of every controller, by path. */
export function apiRoutes(discovery: DiscoveryService): ApiRoute[] {
  const routes = discovery.getControllers().flatMap(({ metatype }) => (metatype ? routesOf(metatype) : []));
  return routes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1));
}

// biome-ignore lint/complexity/noBannedTypes: Nest's own type of a class
function routesOf(controller: Function): ApiRoute[] {
  const prefix = firstPath(controller);
  const prototype: object = controller.prototype;
  return Object.getOwnPropertyNames(prototype).flatMap((key): ApiRoute[] => {
    const handler: unknown = Object.getOwnPropertyDescriptor(prototype, key)?.value;
    if (typeof handler !== 'function') return [];
    const verb: unknown = Reflect.getMetadata(METHOD_METADATA, handler);
    if (typeof verb !== 'number') return [];
    const method = RequestMethod[verb] ?? 'ALL';
    const path = `/${[prefix, firstPath(handler)].filter((part) => part !== '').join('/')}`;
    const target = { getHandler: () => handler, getClass: () => controller };
    return [
      {
        name: `${method} ${path}`,
        method,
        path,
        open: isOpen(target),
        needs: neededRole(target),
        spec: apiSpec(handler),
      },
    ];
  });
}

function firstPath(target: object): string {
  const path = pathMetadata.parse(Reflect.getMetadata(PATH_METADATA, target));
  return (Array.isArray(path) ? path[0] : path)?.replace(/^\/+|\/+$/g, '') ?? '';
}
