import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const api = `http://127.0.0.1:${process.env.PORT ?? 3000}`;
const OUT = 'dist/client';

/** The client: aliases come from "imports" in package.json; in development the API is that of the server beside it. */
export default defineConfig({
  root: join(import.meta.dirname, 'client'),
  plugins: [react(), precompress()],
  server: {
    host: '127.0.0.1',
    port: Number(process.env.VITE_PORT ?? 5173),
    strictPort: true,
    proxy: { '/api': api, '/in/': api, '/health': api, '/socket.io': { target: api, ws: true } },
  },
  build: {
    outDir: join(import.meta.dirname, OUT),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // What changes with a library's version, not with our code, stays in the browser's cache over a release. Only what
        // the first page needs: libraries of one page alone (canvas, charts) come with that page.
        codeSplitting: { groups: [{ name: 'framework', test: /node_modules/, tags: ['$initial'] }] },
      },
    },
  },
});

/** Compresses what browsers fetch once and for all, so that the server only has to send it. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    // Not closeBundle: that comes after a build that failed as well, and would hide why.
    writeBundle() {
      const assets = join(import.meta.dirname, OUT, 'assets');
      for (const name of readdirSync(assets).filter((file) => /\.(js|css|svg)$/.test(file))) {
        const content = readFileSync(join(assets, name));
        if (content.length < 1024) continue;
        const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
        writeFileSync(join(assets, `${name}.br`), brotliCompressSync(content, { params }));
        writeFileSync(join(assets, `${name}.gz`), gzipSync(content, { level: 9 }));
      }
    },
  };
}
