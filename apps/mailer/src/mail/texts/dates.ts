import type { Text, Texts } from './text.js';

const congratulations: Text = () => ({
  subject: 'All the best on your birthday',
  paragraphs: ['today is your day, and we wish you a happy one.', 'It is good to have you with us.'],
});

const anniversary: Text = ({ years }) => ({
  subject: 'Thank you for being with us',
  paragraphs: [
    typeof years === 'number' && years > 1
      ? `${years} years ago today you bought from us for the first time. Thank you for your trust in all that time.`
      : 'a year ago today you bought from us for the first time. Thank you for your trust.',
  ],
});

const withGift =
  (of: Text): Text =>
  (variables) => {
    const { subject, paragraphs } = of(variables);
    const gift = 'We have put a small gift aside for you: show this mail at your next visit.';
    return { subject, paragraphs: [...paragraphs, gift] };
  };

export const dates: Texts = {
  'dates.birthday.card': congratulations,
  'dates.birthday.gift': withGift(congratulations),
  'dates.anniversary.card': anniversary,
  'dates.anniversary.gift': withGift(anniversary),
};
