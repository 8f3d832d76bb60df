/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // `#name` resolves to the TypeScript source by the "source" condition of package.json's imports.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testRegex: ['\\.(spec|int-spec|e2e-spec)\\.ts$'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { configFile: './.swcrc', swcrc: false }] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  maxWorkers: 2,
  testTimeout: process.env.CI === undefined ? 30_000 : 90_000,
};
