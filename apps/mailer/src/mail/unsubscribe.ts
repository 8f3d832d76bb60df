/**
 * Headers by which a mail program offers to unsubscribe (RFC 2369; one click by RFC 8058, over https only), and the
 * address for the footer. The address carries customer and action, so that whoever serves it can answer with
 * `message.unsubscribed.v1`, and can refuse a pair that does not belong together.
 */
export function unsubscribe(
  base: string,
  customer: string,
  actionId: string,
): { readonly url: string; readonly headers: Readonly<Record<string, string>> } {
  if (base.startsWith('mailto:')) {
    const subject = encodeURIComponent(`unsubscribe ${actionId}`);
    const url = `${base}${base.includes('?') ? '&' : '?'}subject=${subject}`;
    return { url, headers: { 'List-Unsubscribe': `<${url}>` } };
  }
  const url = new URL(base);
  url.searchParams.set('customer', customer);
  url.searchParams.set('action', actionId);
  return {
    url: url.toString(),
    headers: {
      'List-Unsubscribe': `<${url.toString()}>`,
      ...(url.protocol === 'https:' && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
    },
  };
}
