import { createReadStream, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { z } from 'zod';
import { Open } from '../accounts/access.ts';
import { Api, ApiFile } from '../web/api.ts';
import { apiRoutes } from './api-routes.ts';
import { openApiDocument } from './open-api.ts';
import { PAGE, START } from './page.ts';

const FOLDER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
/** What the page loads, and nothing else of the package. */
const FILES = { 'swagger-ui.css': 'text/css', 'swagger-ui-bundle.js': 'text/javascript' } as const;
const fileName = z.enum(['swagger-ui.css', 'swagger-ui-bundle.js', 'start.js']);

const document = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) });

/** The API's own description, for people and for programs. */
@Open()
@Controller('api')
export class ApiDocsController {
  private made: z.input<typeof document> | null = null;

  constructor(private readonly discovery: DiscoveryService) {}

  @Get('docs-json')
  @Api({ summary: 'This API in OpenAPI 3.1', returns: document })
  async show(): Promise<z.input<typeof document>> {
    this.made ??= document.parse(openApiDocument(apiRoutes(this.discovery)));
    return this.made;
  }

  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiFile({ summary: 'This API as a page to read and try', file: 'text/html' })
  async page(): Promise<string> {
    return PAGE;
  }

  @Get('docs/:file')
  @Header('cache-control', 'public, max-age=86400')
  @ApiFile({ summary: 'What that page loads', params: { file: fileName }, file: 'text/javascript' })
  async file(@Param('file') name: z.infer<typeof fileName>): Promise<StreamableFile> {
    if (name === 'start.js') return new StreamableFile(Buffer.from(START), { type: 'text/javascript' });
    const path = join(FOLDER, name);
    return new StreamableFile(createReadStream(path), { type: FILES[name], length: statSync(path).size });
  }
}
