using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Mail.Core.Database;

/// <summary>Transactions on a context that retries: the whole work is retried, which plain `BeginTransaction` refuses.</summary>
public static class Transactions
{
    /// <summary>All or nothing of what the work saves, and of what it publishes on the bus.</summary>
    /// <param name="work">Reads what it changes, and saves it: it runs again, with nothing tracked, when the database was away for a moment.</param>
    public static Task<T> InTransactionAsync<T>(this MailDbContext db, Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        bool isAgain = false;
        return db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            if (isAgain) db.ChangeTracker.Clear();
            isAgain = true;
            await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
            T result = await work(ct);
            await transaction.CommitAsync(ct);
            return result;
        });
    }

    /// <inheritdoc cref="InTransactionAsync{T}" />
    public static Task InTransactionAsync(this MailDbContext db, Func<CancellationToken, Task> work, CancellationToken ct) => db.InTransactionAsync(
        async ct =>
        {
            await work(ct);
            return true;
        },
        ct);
}
