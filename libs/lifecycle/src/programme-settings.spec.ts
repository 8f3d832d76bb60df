import { settingRows } from './index.js';

describe('the settings as a page shows them', () => {
  const rows = settingRows();

  test('name every programme and the contact policy, and explain every setting', () => {
    expect([...rows.keys()]).toEqual(expect.arrayContaining(['follow-up', 'recovery', 'contactPolicy']));
    const unexplained = [...rows].flatMap(([programme, of]) =>
      of
        .filter(({ path, description }) => description === '' && !path.includes('[]'))
        .map(({ path }) => `${programme}: ${path}`),
    );
    expect(unexplained).toEqual([]);
  });
  test('give defaults and limits as the schema has them', () => {
    expect(rows.get('follow-up')).toContainEqual({
      path: 'thanks.everyDays',
      default: '30',
      allowed: 'from 0 to 3650',
      description: 'At most one thanks in so many days.',
    });
    expect(rows.get('recovery')).toContainEqual(
      expect.objectContaining({ path: 'channels', allowed: 'list of channels' }),
    );
  });
  test('explain the items of like lists once', () => {
    const paths = rows.get('win-back')?.map(({ path }) => path) ?? [];
    expect(paths).toContain('ladders.silent[].what');
    expect(paths).not.toContain('ladders.dissatisfied[].what');
  });
});
