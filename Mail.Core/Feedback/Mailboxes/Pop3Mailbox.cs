using System.Runtime.CompilerServices;
using Mail.Protocol.Pop3;

namespace Mail.Core.Feedback.Mailboxes;

/// <summary>A mailbox over POP3. Has no other place for what cannot be read; a session that breaks has removed nothing.</summary>
internal sealed class Pop3Mailbox(Pop3ConnectionOptions server) : IMailbox
{
    public string Name { get; } = $"{server.UserName} at {server.Host}";

    public async Task<IMailboxSession> OpenAsync(CancellationToken ct) => new Session(await Pop3Async(() => Pop3Connection.ConnectAsync(server, ct)), server.MaxMessageSize);

    public void Dispose()
    {
        // Connections live as long as their sessions.
    }

    private static async Task<T> Pop3Async<T>(Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Pop3Exception e)
        {
            throw new MailboxException(e.Message, e);
        }
    }

    private sealed class Session(Pop3Connection connection, int mostBytes) : IMailboxSession
    {
        public bool ListsAll => true;

        public async IAsyncEnumerable<IReadOnlyList<MailboxMail>> ListAsync([EnumeratorCancellation] CancellationToken ct)
        {
            yield return [.. (await Pop3Async(() => connection.ListAsync(ct))).Select(one => new MailboxMail(one.Uid, one.Size) { Number = one.Number })];
        }

        public async Task<FetchedMail> FetchAsync(MailboxMail mail, CancellationToken ct)
        {
            if (mail.Size > mostBytes) return FetchedMail.TooLarge(mostBytes);
            try
            {
                return new FetchedMail(await connection.RetrieveAsync(mail.Number, ct));
            }
            catch (Pop3Exception e) when (e.Failure == Pop3Failure.Refused)
            {
                return new FetchedMail(default, e.Message);
            }
            catch (Pop3Exception e)
            {
                throw new MailboxException(e.Message, e) { BlamesMail = e.Failure == Pop3Failure.Protocol };
            }
        }

        public Task RemoveAsync(MailboxMail mail, CancellationToken ct) => DoneAsync(() => connection.DeleteAsync(mail.Number, ct));

        public Task SetApartAsync(MailboxMail mail, CancellationToken ct) => Task.CompletedTask;

        public Task CloseAsync(CancellationToken ct) => DoneAsync(() => connection.QuitAsync(ct));

        public ValueTask DisposeAsync() => connection.DisposeAsync();

        private static Task<bool> DoneAsync(Func<Task> step) => Pop3Async(async () =>
        {
            await step();
            return true;
        });
    }
}
