import { connect, database, databaseName } from './connect.js';

describe('a connection', () => {
  const open: ReturnType<typeof connect>[] = [];
  const options = (url: string) => {
    const connection = connect({ url });
    connection.on('error', () => undefined);
    connection.asPromise().catch(() => undefined);
    open.push(connection);
    return connection;
  };
  afterAll(() => Promise.all(open.map((connection) => connection.destroy())));

  it('keeps its guarantee whatever the URL says', () => {
    const weak =
      'w=1&journal=false&wtimeoutMS=1&readPreference=secondary&readConcernLevel=local&retryWrites=false';
    const connection = options(`mongodb://localhost:1/x?${weak}`);
    const db = database(connection);
    for (const { writeConcern, readConcern, readPreference } of [db, db.collection('y')]) {
      expect(writeConcern).toMatchObject({ w: 'majority', journal: true, wtimeoutMS: 10_000 });
      expect(readPreference?.mode).toBe('primary');
      expect(readConcern?.level).toBe('majority');
    }
    expect(connection.getClient().options.retryWrites).toBe(true);
  });

  it.each([
    ['mongodb://localhost:1', 'perennial'],
    ['mongodb://localhost:1/', 'perennial'],
    ['mongodb://localhost:1/?directConnection=true', 'perennial'],
    ['mongodb://u:p@localhost:1,localhost:2/shop?authSource=admin', 'shop'],
  ])('to %s uses the database %s', (url, name) => {
    expect(databaseName(url)).toBe(name);
  });
});
