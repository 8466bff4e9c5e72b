const path = require('node:path');

/** The rooms in their order: a room may use those before it, never those after it. */
const ROOMS = [
  'config',
  'ledger',
  'history',
  'connections',
  'sync',
  'people',
  'critical-systems',
  'policies',
  'checks',
  'access',
  'reviews',
  'packs',
  'routes',
];

const room = name => path.join(__dirname, 'src', name);

const zones = ROOMS.flatMap((target, index) => [
  ...ROOMS.slice(0, index).map(from => ({
    target: room(target),
    from: room(from),
    except: ['./index.ts'],
    message: `Enter the room '${from}' through its index.`,
  })),
  ...ROOMS.slice(index + 1).map(from => ({
    target: room(target),
    from: room(from),
    message: `The room '${target}' may not use '${from}', which stands below it.`,
  })),
]);

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  restrictedSrcImports: [
    {
      name: 'undici',
      message: 'Talk to Atlassian through the atlassian-client package.',
    },
  ],
  rules: { 'import/no-restricted-paths': ['error', { zones }] },
  settings: {
    'import/resolver': { node: { extensions: ['.ts', '.js', '.json'] } },
  },
});
