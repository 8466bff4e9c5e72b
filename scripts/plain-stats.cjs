// SPDX-License-Identifier: Apache-2.0

/**
 * Loaded into the build before the CLI: its own writer of statistics, bfj, now and then stops in
 * the middle of a hundred megabytes and waits for ever.
 */
const { writeFile } = require('node:fs/promises');
const Module = require('node:module');

const load = Module._load;
const plain = {
  write: (file, stats) => writeFile(file, JSON.stringify(stats)),
};

Module._load = function loadPlain(request, ...rest) {
  return request === 'bfj' ? plain : load.call(this, request, ...rest);
};
