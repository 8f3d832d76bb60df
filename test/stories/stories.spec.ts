import { openEmbedded } from '#store-embedded';
import { temporaryFolder } from '#testing';
import { lifecycle } from './definition.js';
import { purely, throughEngine } from './stories.given.js';
import { endOf, eventsOf, stories } from './story.js';
import { tellPurely } from './tell-purely.js';

describe('a whole story, told through advance() alone', () => {
  it.each(stories.map((story) => [story.title, story] as const))('%s', (_, story) => {
    expect(purely(story)).toEqual(story.outcome);
  });

  it('asks for each action once', () => {
    for (const story of stories) {
      const ids = tellPurely(lifecycle, eventsOf(story), endOf(story)).actionIds;
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe('all stories together, through an engine on the embedded log and store', () => {
  it('end as they are told', async () => {
    const embedded = await openEmbedded({ path: temporaryFolder('stories') });
    try {
      const { outcomes } = await throughEngine({ ...embedded, prefix: '', partitions: 2 });
      for (const story of stories)
        expect([story.title, outcomes.get(story.title)]).toEqual([story.title, story.outcome]);
    } finally {
      await embedded.close();
    }
  }, 300_000);
});
