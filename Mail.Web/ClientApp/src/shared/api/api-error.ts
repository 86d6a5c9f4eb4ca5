/**
 * What went wrong with a call. `name` is the API's own error name, or one of ours:
 * `network_unreachable` (no answer at all) and `unexpected_answer` (an answer that is not what the console understands).
 */
export class ApiError extends Error {
  override readonly name: string;
  /** The HTTP status; 0 when there was no answer. */
  readonly statusCode: number;
  /** The whole answer where it is the API's own: some refusals say more than a sentence. */
  readonly body: unknown;
  /** Names the call in the request log and in the log of whoever runs this installation. */
  readonly requestId: string | undefined;

  constructor(
    statusCode: number,
    name: string,
    message: string,
    options?: ErrorOptions & { body?: unknown; requestId?: string | undefined },
  ) {
    super(message, options);
    this.body = options?.body;
    this.requestId = options?.requestId;
    this.statusCode = statusCode;
    this.name = name;
  }

  /** True if nobody is signed in, or no longer. */
  get isSessionOver(): boolean {
    return this.statusCode === 401 && (this.name === 'missing_session' || this.name === 'missing_api_key');
  }

  /** True if the same call may succeed a moment later without anybody changing anything. */
  get isTransient(): boolean {
    return this.statusCode === 0 || this.statusCode === 429 || this.statusCode >= 500;
  }
}
