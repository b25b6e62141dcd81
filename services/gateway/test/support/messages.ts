/** A pacs.008 with one transaction for each creditor. */
export function pacs008(messageId: string, creditors: readonly string[], more = ""): string {
  const transactions = creditors.map(
    (name, place) =>
      `<CdtTrfTxInf><PmtId><EndToEndId>E${String(place)}</EndToEndId></PmtId><IntrBkSttlmAmt Ccy="EUR">12.50</IntrBkSttlmAmt>` +
      `<Dbtr><Nm>Anna Ostermann</Nm></Dbtr><Cdtr><Nm>${name}</Nm></Cdtr>${more}</CdtTrfTxInf>`,
  );
  return (
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><GrpHdr><MsgId>${messageId}</MsgId>` +
    `<CreDtTm>2026-11-20T10:00:00Z</CreDtTm><NbOfTxs>${String(creditors.length)}</NbOfTxs></GrpHdr>${transactions.join("")}` +
    `</FIToFICstmrCdtTrf></Document>`
  );
}

export function jsonPayment(eventId: string, creditor = "Jan Kowal"): Readonly<Record<string, unknown>> {
  return {
    eventId,
    rail: "SEPA_CREDIT",
    createdAt: 1_790_000_000_000,
    money: { amount: "12.50", currency: "EUR" },
    parties: [
      { role: "DEBTOR", name: "Anna Ostermann" },
      { role: "CREDITOR", name: creditor },
    ],
  };
}

export interface Posted {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly code?: string;
    readonly detail?: string;
    readonly where?: { readonly path?: string; readonly line?: number; readonly offset?: number };
    readonly messageId?: string;
    readonly format?: string;
    readonly duplicate?: boolean;
    readonly outcome?: string;
    readonly alert?: { readonly money?: { readonly amount: unknown } };
    readonly ok?: boolean;
    readonly events?: readonly {
      readonly eventId: string;
      readonly transaction: number;
      readonly endToEndId: string | null;
      readonly decision: string;
      readonly problems: readonly { readonly code: string }[];
    }[];
  };
}

export async function post(
  url: string,
  body: string | Uint8Array | ReadableStream,
  {
    type = "application/xml",
    query = "",
    headers = {},
  }: { type?: string; query?: string; headers?: Record<string, string> } = {},
): Promise<Posted> {
  const stream = body instanceof ReadableStream ? { duplex: "half" as const } : {};
  const response = await fetch(`${url}/v1/messages${query}`, {
    method: "POST",
    headers: { "content-type": type, ...headers },
    body: body as never,
    ...stream,
  });
  return answered(response);
}

export async function get(url: string, path: string, headers: Record<string, string> = {}): Promise<Posted> {
  return answered(await fetch(`${url}${path}`, { headers }));
}

async function answered(response: Response): Promise<Posted> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === "" ? {} : JSON.parse(text)) as Posted["body"],
  };
}

export const idsOf = ({ body }: Posted): readonly string[] => (body.events ?? []).map(({ eventId }) => eventId);
