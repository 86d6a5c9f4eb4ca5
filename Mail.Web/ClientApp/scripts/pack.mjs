// Packs the files of the build once, so that Mail.Web need not on every request (Mail.Web/Frontend/PackedFiles.cs): `x.js.br` and `x.js.gz` beside `x.js`.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const assets = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist', 'assets');

/** In bytes: below it fits into one packet as it is. */
const least = 1_024;

/** In bytes: above it the last percents of brotli take seconds. */
const large = 512 * 1024;

const quality = (size) => ({ params: { [constants.BROTLI_PARAM_QUALITY]: size > large ? 9 : 11 } });

await Promise.all(
  (await readdir(assets))
    .filter((name) => /\.(js|css|svg)$/.test(name))
    .map(async (name) => {
      const file = join(assets, name);
      const plain = await readFile(file);
      if (plain.length < least) return;
      await writeFile(`${file}.br`, await promisify(brotliCompress)(plain, quality(plain.length)));
      await writeFile(`${file}.gz`, await promisify(gzip)(plain, { level: 9 }));
    }),
);
