/** Which folder may import which: the table of docs/architecture.md, held by `npm run lint`. */
const lib = (name) => `^libs/${name}/`;
const only = (name, from, allowed, packages = '') => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: '(\\.spec|-spec|\\.contract)\\.ts$' },
  to: {
    path: packages ? `^(libs|apps)/|node_modules/(${packages})/` : '^(libs|apps)/',
    pathNot: [from, ...allowed.map(lib)],
  },
});
const home = (pkg, folders) => ({
  name: `home-of-${pkg}`,
  severity: 'error',
  from: { pathNot: [...folders.map((f) => `^${f}/`), '-?spec\\.ts$', '^test/', '^libs/testing/'] },
  to: { path: `node_modules/${pkg}/` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphan-packages',
      severity: 'error',
      from: { path: '^(apps|libs)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'unknown', 'undetermined'] },
    },
    only('contracts-imports-nothing', lib('contracts'), [], '@nestjs|kafkajs|mongoose|lmdb|xstate'),
    only('analysis-is-numbers', lib('analysis'), [], '@nestjs|kafkajs|mongoose|lmdb|xstate|pino'),
    only(
      'lifecycle-is-pure',
      lib('lifecycle'),
      ['contracts', 'analysis'],
      '@nestjs|kafkajs|mongoose|lmdb|pino',
    ),
    only(
      'pipeline-knows-no-framework',
      lib('pipeline'),
      ['contracts', 'lifecycle'],
      '@nestjs|kafkajs|mongoose|lmdb|pino',
    ),
    only('log-kafka', lib('log-kafka'), ['contracts', 'pipeline']),
    only('embedded-db', lib('embedded-db'), []),
    only('log-embedded', lib('log-embedded'), ['contracts', 'pipeline', 'embedded-db']),
    only('store-embedded', lib('store-embedded'), ['contracts', 'pipeline', 'embedded-db', 'log-embedded']),
    only('store-mongo', lib('store-mongo'), ['contracts', 'pipeline']),
    only('in-memory', lib('in-memory'), ['contracts', 'pipeline']),
    only('transport', lib('transport'), ['contracts', 'pipeline']),
    only('config', lib('config'), []),
    only('backends', lib('backends'), [
      'config',
      'observability',
      'contracts',
      'lifecycle',
      'pipeline',
      'log-kafka',
      'store-embedded',
      'store-mongo',
    ]),
    only('observability', lib('observability'), []),
    only('html-report', lib('html-report'), []),
    home('xstate', ['libs/lifecycle']),
    home('mongoose', ['libs/store-mongo']),
    home('kafkajs', ['libs/log-kafka']),
    home('lmdb', ['libs/embedded-db']),
    {
      name: 'libs-know-no-app',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-are-islands',
      comment:
        'Only the cli, which runs engine and mailer in one process, imports another app, by its index.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: ['^apps/$1/', '^apps/(engine|mailer)/src/index\\.ts$'] },
    },
    {
      name: 'only-the-cli-composes-apps',
      severity: 'error',
      from: { path: '^apps/(engine|mailer|console)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-by-their-index',
      severity: 'error',
      from: { path: '^(?:apps|libs|test)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/(?!index\\.ts$)', pathNot: '^libs/$1/' },
    },
    {
      name: 'testing-is-for-specs',
      severity: 'error',
      from: { pathNot: ['-?spec\\.ts$', '\\.given\\.ts$', '\\.contract\\.ts$', '^test/', '^libs/testing/'] },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'in-memory-is-for-specs',
      severity: 'error',
      from: { pathNot: ['-?spec\\.ts$', '^test/', '^libs/in-memory/'] },
      to: { path: '^libs/in-memory/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
