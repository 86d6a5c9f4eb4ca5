using Mail.Core.Common;
using Mail.Core.Messages;
using Microsoft.AspNetCore.Identity;

namespace Mail.Core.Accounts;

/// <summary>Checks and hashes passwords. A hash is made to be slow; so many at once that guesses do not take the machine from the mail.</summary>
public sealed class Passwords(IPasswordHasher<User> hasher)
{
    /// <summary>Longer ones protect nothing more.</summary>
    public const int Longest = 256;

    private static readonly SemaphoreSlim _hashing = new(2);

    /// <summary>Costs the same with and without an account, and with one that has no password.</summary>
    public async Task<bool> IsRightAsync(User? user, string password, CancellationToken ct)
    {
        await _hashing.WaitAsync(ct);
        try
        {
            if (user?.PasswordHash is { } hash) return hasher.VerifyHashedPassword(user, hash, password) is not PasswordVerificationResult.Failed;
            hasher.HashPassword(new User(), password);
            return false;
        }
        finally
        {
            _hashing.Release();
        }
    }

    public async Task<string> HashAsync(string password, CancellationToken ct)
    {
        await _hashing.WaitAsync(ct);
        try
        {
            return hasher.HashPassword(new User(), password);
        }
        finally
        {
            _hashing.Release();
        }
    }

    /// <summary>What is wrong with a new password, before anything is spent on it. Says the same whether or not there is an account.</summary>
    public static async Task<Failure?> ProblemAsync(UserManager<User> users, string? password, string field, string? email)
    {
        ArgumentNullException.ThrowIfNull(users);
        if (string.IsNullOrEmpty(password)) return Failure.Missing(field);
        if (password.Length > Longest) return Failure.Field(field, $"is longer than {Longest} characters.");
        if (!TextRules.IsStorable(password)) return Failure.Field(field, "contains a NUL character or half of a surrogate pair, which no keyboard enters.");
        if (string.Equals(password.Trim(), email?.Trim(), StringComparison.OrdinalIgnoreCase)) return Failure.Field(field, "must not be the e-mail address.");
        foreach (IPasswordValidator<User> validator in users.PasswordValidators)
        {
            IdentityResult result = await validator.ValidateAsync(users, new User { UserName = email, Email = email }, password);
            if (!result.Succeeded) return Failure.Field(field, $"is too weak. {string.Join(" ", result.Errors.Select(error => error.Description))}");
        }

        return null;
    }
}
