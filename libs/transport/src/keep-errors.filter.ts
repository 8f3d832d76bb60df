import { Catch, type ExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';

/**
 * Hands a handler's error to the transport as it was thrown. Nest's own filter replaces every error by a plain
 * "Internal server error", which says nothing of whether a retry can help.
 */
@Catch()
export class KeepErrorsFilter implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/** What Nest's own filter makes of an error: the sign that `KeepErrorsFilter` is missing. */
export const isMaskedError = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  !(error instanceof Error) &&
  (error as { status?: unknown }).status === 'error' &&
  (error as { message?: unknown }).message === 'Internal server error';
