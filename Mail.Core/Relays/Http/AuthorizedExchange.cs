namespace Mail.Core.Relays.Http;

/// <summary>Requests that carry a proof of who we are.</summary>
internal sealed class AuthorizedExchange(ICredentials credentials, HttpExchange exchange) : IDisposable
{
    /// <summary>One request; a second one when the login was refused and a new one can be had.</summary>
    /// <param name="isLoginRefused">Reads an answer and says whether that was all it was about.</param>
    public async Task<Exchange> SendAsync(RelayRequest request, Func<CancellationToken, ValueTask<bool>>? mayStart, Func<HttpAnswer, bool> isLoginRefused, CancellationToken ct)
    {
        for (bool isSecond = false; ; isSecond = true)
        {
            Authorization authorization;
            try
            {
                authorization = await credentials.AuthorizeAsync(request, ct);
            }
            catch (OperationCanceledException)
            {
                return new Exchange(ExchangeEnd.Withdrawn);
            }

            if (authorization.Fault is { } fault) return new Exchange(ExchangeEnd.Unreachable, null, fault.Reason, fault.IsPermanent) { Fault = fault };
            Exchange answered = await exchange.SendAsync(request, authorization, mayStart, ct);
            if (answered.Answer is not { } answer) return answered;
            if (!isLoginRefused(answer) || isSecond || !credentials.Forget(authorization)) return answered;
        }
    }

    public void Dispose() => exchange.Dispose();
}
