#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0

// The workspace holds sources, not builds: Backstage's own transform loads them.
require('@backstage/cli/config/nodeTransform.cjs');

const { run } = require('../src/cli');

run(process.argv.slice(2));
