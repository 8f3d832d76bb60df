/** What a template says, without greeting and footer. Plain text; `composeMail` turns it into both parts. */
export interface Content {
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

/** By the action's variables, each of which may be missing; undefined where there is nothing to say. */
export type Text<Said extends Content | undefined = Content> = (
  variables: Readonly<Record<string, unknown>>,
) => Said;

/** By the template's name. */
export type Texts = Readonly<Record<string, Text>>;
