import { Option } from 'commander';

const forms = ['text', 'json', 'mermaid'] as const;
export type DefinitionForm = (typeof forms)[number];

export const definitionFormOption = () =>
  new Option('-o, --output <format>', 'all of it for people, as one JSON object, or the diagram alone')
    .choices(forms)
    .default('text');
