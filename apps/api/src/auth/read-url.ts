import type { Settings, Variable } from '@l2gw/runtime';

/** An `http:` or `https:` address without a slash at its end; what cannot be one is refused by name. */
export function readUrl(settings: Settings, name: Variable, fallback?: string): string {
  const text = settings.text(name, fallback);
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  if (text !== '' && protocol !== 'http:' && protocol !== 'https:') {
    settings.refuse(`${name} is not http://… or https://…: ${text}`);
  }
  return text.replace(/\/+$/, '');
}
