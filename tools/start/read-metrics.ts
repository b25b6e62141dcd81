/** The `/metrics` of the service at that address, or null when there is none or it gives no answer. */
export async function readMetrics(url: string | null): Promise<string | null> {
  if (url === null) return null;
  try {
    const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(3000) });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}
